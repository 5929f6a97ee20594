import { readPlanJson } from '../../src/adapters/gravity/plan-json.ts';
import { noOutput } from '../../src/console/output-follower.ts';
import { planTree } from '../../src/console/plan-tree.ts';
import type { Scene } from '../../src/console/scene.ts';
import type { ScreenId } from '../../src/console/screen-table.ts';
import { freshUi, type Ui } from '../../src/console/ui.ts';
import { attention } from '../../src/model/attention.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { timingOf } from '../../src/model/estimate/timing.ts';
import { knownPlan } from '../../src/model/observed-plan.ts';
import { outagesOf } from '../../src/model/outage/outages.ts';
import { shownStates } from '../../src/model/shown-states.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import type { Run } from '../../src/protocol/run.ts';
import type { Row } from '../../src/theme/cell.ts';
import { theRunbook } from '../driver/the-runbook.ts';
import { recordingText } from '../recordings.ts';

/** When the scenes of the tests stand still: some seconds after the last change of the recorded plans. */
export const now = Date.parse('2026-11-22T10:03:00Z');

/** A recorded plan by its name in recordings/plans, as the agent's adapter reads it. */
export function recordedPlan(name: string): Plan {
  const reading = readPlanJson(recordingText(`plans/${name}.json`));
  if (!reading.ok) throw new Error(reading.problem.sentence);
  return reading.value;
}

/** A cluster with a plan, seen from its first master, every source good. */
export function clusterOf(plan: Plan | null, part: Partial<Cluster> = {}): Cluster {
  const empty = emptyCluster({ kind: 'live', label: null, readOnly: false });
  const at = new Date(now - 4000).toISOString();
  const good = { state: 'good', at, lastGood: at } as const;
  const { plan: ofPlan, status, health, ...others } = empty.sources;
  const lead = plan?.servers[0];
  return {
    ...empty,
    plan,
    place: { node: lead?.hostname ?? null, ip: lead?.ip ?? null, by: 'option' },
    binaries: [
      {
        path: '/opt/image/gravity',
        from: 'option',
        version: plan?.operation.gravityVersion ?? null,
        drives: true,
        polls: true,
        problem: null,
      },
    ],
    sources: {
      ...others,
      plan: { ...ofPlan, ...good },
      status: { ...status, ...good },
      health: { ...health, ...good },
    },
    ...part,
  };
}

/** A scene of that cluster at 80x24, colours off. */
export function sceneOf(cluster: Cluster, part: Partial<Scene> = {}): Scene {
  return {
    cluster,
    outages: outagesOf(cluster),
    tree: planTree(knownPlan(cluster)),
    states: shownStates(cluster, part.now ?? now),
    timing: timingOf(cluster, part.now ?? now),
    attention: attention({ cluster, outages: outagesOf(cluster), now: part.now ?? now }),
    connection: { state: 'connected', heard: part.now ?? now, problem: null },
    output: noOutput,
    runbook: theRunbook,
    size: { columns: 80, rows: 24 },
    now,
    look: { ascii: false, colour: false },
    console: 'console-here',
    ...part,
  };
}

export function uiOn(screen: ScreenId, part: Partial<Ui> = {}): Ui {
  return { ...freshUi({ screen, time: 'utc', drive: false }), ...part };
}

/** What rows say, one string a line, without trailing blanks. */
export function textOf(rows: readonly Row[]): string[] {
  return rows.map((row) =>
    row
      .map((cell) => cell.text)
      .join('')
      .trimEnd(),
  );
}

export function aRun(part: Partial<Run> = {}): Run {
  const at = new Date(now - 60_000).toISOString();
  return {
    id: 'run-1',
    requestId: 'request-1',
    action: 'phase.execute',
    label: 'Execute',
    args: {},
    lane: 'cluster',
    state: 'running',
    steps: [
      {
        program: 'gravity',
        path: '/opt/image/gravity',
        argv: ['plan', 'execute', '--phase=/init'],
        phase: '/init',
      },
    ],
    step: 0,
    by: { user: 'root', from: null, tty: null, console: 'console-there' },
    reason: null,
    operationId: null,
    queuedAt: at,
    startedAt: at,
    finishedAt: null,
    exitCode: null,
    signal: null,
    sentence: null,
    interruptedBy: null,
    outputBytes: 0,
    ...part,
  };
}
