import type { Facts } from '../../src/actions/row.ts';
import { readPlanJson } from '../../src/adapters/gravity/plan-json.ts';
import { readBreakpointId } from '../../src/model/autopilot/breakpoint-id.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { indexPlan } from '../../src/model/phase-tree.ts';
import { workingStates } from '../../src/model/working-states.ts';
import type { Autopilot } from '../../src/protocol/autopilot.ts';
import type { Breakpoint } from '../../src/protocol/breakpoint.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { PhaseState } from '../../src/protocol/phase.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import type { Run } from '../../src/protocol/run.ts';
import { recordingText } from '../recordings.ts';

export const now = Date.parse('2026-11-22T12:00:00Z');

export const noFacts: Facts = { pods: null, agents: null, now };

/** A recorded plan, as the adapter reads it. */
export function recordedPlan(path: string): Plan {
  const reading = readPlanJson(recordingText(path));
  if (!reading.ok) throw new Error(reading.problem.sentence);
  return reading.value;
}

/** The plan with some leaves in other states, the groups above them following. */
export function withStates(plan: Plan, states: Readonly<Record<string, PhaseState>>): Plan {
  const index = indexPlan(plan);
  const working = workingStates(index);
  for (const [id, state] of Object.entries(states)) {
    if (index.byId.get(id)?.leaf) working.set(id, state);
  }
  return {
    ...plan,
    phases: plan.phases.map((phase) => ({ ...phase, state: working.of(phase.id) ?? phase.state })),
  };
}

/** A cluster with a plan, seen from its lead master, with the binary the plan wants. */
export function clusterWith(plan: Plan | null, said: Partial<Cluster> = {}): Cluster {
  const lead = plan?.operation.leadMaster ?? null;
  return {
    ...emptyCluster({ kind: 'live', label: null, readOnly: false }),
    plan,
    place: { node: lead?.hostname ?? 'master-1', ip: lead?.ip ?? '192.168.1.11', by: 'option' },
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
    ...said,
  };
}

/** A run that is on, or as said. */
export function aRun(said: Partial<Run> = {}): Run {
  const began = '2026-11-22T11:59:50Z';
  return {
    id: 'r1',
    requestId: 'request-1',
    action: 'phase.execute',
    label: 'Execute',
    args: {},
    lane: 'cluster',
    state: 'running',
    steps: [],
    step: 0,
    by: { user: 'root', from: null, tty: null, console: null },
    reason: null,
    operationId: null,
    queuedAt: began,
    startedAt: began,
    finishedAt: null,
    exitCode: null,
    signal: null,
    sentence: null,
    interruptedBy: null,
    outputBytes: 0,
    ...said,
  };
}

const operation = recordedPlan('plans/fresh-3m2w.json').operation.id;
const ann = { user: 'ann', from: null, tty: null, console: 'console-1' };

/** An autopilot that ann armed ten seconds ago, or as said. */
export function anAutopilot(said: Partial<Autopilot> = {}): Autopilot {
  return {
    operation,
    state: 'armed',
    by: ann,
    since: '2026-11-22T11:59:50Z',
    sentence: 'armed by ann',
    hold: null,
    breakpoint: null,
    phase: null,
    run: null,
    passed: [],
    accepted: [],
    wrong: [],
    ...said,
  };
}

/** The breakpoint of that id, set by ann. */
export function aBreakpoint(id: string): Breakpoint {
  const place = readBreakpointId(id);
  if (place === null) throw new Error(`there is no breakpoint ${id}`);
  return { id, operation, ...place, by: ann, set: '2026-11-22T11:59:00Z' };
}
