import { describe, expect, test } from 'vitest';
import { frameRows } from '../../screens/frame.ts';
import { judge } from '../../src/actions/judge.ts';
import { width } from '../../src/console/cells.ts';
import { menuEntries } from '../../src/console/menu-entries.ts';
import type { Scene } from '../../src/console/scene.ts';
import { screenTable } from '../../src/console/screen-table.ts';
import type { Card, Ui } from '../../src/console/ui.ts';
import { update } from '../../src/console/update/update.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import { aRun, clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const failed = recordedPlan('failed-3m2w');
const iso = (ago: number) => new Date(now - ago).toISOString();
const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
  { columns: 200, rows: 50 },
  { columns: 40, rows: 10 },
];

function text(scene: Scene, ui: Ui): string {
  return textOf(frameRows(scene, ui)).join('\n');
}

const degraded: Partial<Cluster> = {
  kind: 'rehearsal',
  label: 'drain-fails',
  status: {
    cluster: 'demo.example.com',
    state: 'active',
    reason: null,
    image: { name: 'app', version: '2.4.0' },
    cloudProvider: null,
    clientVersion: null,
    serverVersion: null,
    systemStatus: 'running',
    operation: null,
    activeOperations: [],
    endpoints: { authGateway: [], ui: [] },
    nodes: failed.servers.map((server) => ({
      hostname: server.hostname,
      ip: server.ip,
      role: server.role,
      profile: server.profile,
      state: 'healthy' as const,
      failed: [],
      warnings: [],
      access: 'online' as const,
    })),
    alerts: null,
    localChecks: [],
  },
  health: {
    state: 'degraded',
    at: iso(3000),
    servedAt: iso(3000),
    summary: null,
    nodes: [
      {
        name: '192_168_1_12.demo',
        ip: '192.168.1.12',
        role: 'master',
        member: 'alive',
        state: 'degraded',
        probes: [
          { checker: 'kubelet', state: 'failed', severity: 'critical', text: 'healthz check failed' },
          { checker: 'docker', state: 'running', severity: null, text: '' },
        ],
      },
    ],
  },
  runs: [
    aRun({ state: 'failed', exitCode: 255, finishedAt: iso(1000), sentence: 'it failed' }),
    aRun({ id: 'run-0', state: 'done', exitCode: 0, finishedAt: iso(2000) }),
  ],
};
const cluster = clusterOf(failed, degraded);

describe('every frame is as many lines as the terminal has rows, none wider than its columns', () => {
  const states: Record<string, Cluster> = {
    'with everything': cluster,
    'before anything was read': clusterOf(null),
  };
  for (const size of sizes)
    for (const [what, state] of Object.entries(states))
      for (const { id } of screenTable)
        test(`${id} at ${size.columns}x${size.rows} ${what}`, () => {
          const rows = textOf(frameRows(sceneOf(state, { size }), uiOn(id)));
          expect(rows).toHaveLength(size.rows);
          for (const row of rows) expect(width(row)).toBeLessThanOrEqual(size.columns);
        });
});

test('the first line tells which it is, in the words and not by colour', () => {
  expect(text(sceneOf(cluster), uiOn('plan'))).toMatch(/^ REHEARSAL /);
  expect(text(sceneOf({ ...cluster, kind: 'replay' }), uiOn('plan'))).toMatch(/^ REPLAY /);
  expect(text(sceneOf({ ...cluster, kind: 'live', label: null }), uiOn('plan'))).toMatch(/^ LIVE /);
});

describe('the plan', () => {
  test('at 80 columns shows the tree, the failure open, counts and what comes next', () => {
    const shown = text(sceneOf(cluster), uiOn('plan'));
    expect(shown).toContain('22/86 leaves   1 failed   × failed /masters/master-2/drain');
    expect(shown).toMatch(/✓ init ▸ +5\/5/);
    expect(shown).toMatch(/▌ {4}× drain/);
    expect(shown).toMatch(/× masters ▾ +9\/25/);
  });
  test('at 120 columns shows the error and the node it runs on beside it', () => {
    const shown = text(sceneOf(cluster, { size: { columns: 120, rows: 36 } }), uiOn('plan'));
    expect(shown).toContain("it would violate the pod's");
    expect(shown).toMatch(/about +master-2 192\.168\.1\.12/);
    expect(shown).toMatch(/runs on +master-1/);
  });
  test('a group partly done and idle says so and does not look busy', () => {
    const midway = clusterOf(recordedPlan('midway-3m2w'));
    expect(text(sceneOf(midway), uiOn('plan'))).toMatch(/◐ masters/);
  });
  test('what is in progress with nobody running it is told apart from what runs', () => {
    const stopped = clusterOf(recordedPlan('in-progress-3m2w'));
    const later = now + 24 * 3600_000;
    expect(text(sceneOf(stopped, { now: later }), uiOn('plan'))).toContain('no known runner');
    const running = clusterOf(recordedPlan('in-progress-3m2w'), {
      runs: [
        aRun({
          action: 'operation.resume',
          steps: [{ program: 'gravity', path: null, argv: ['plan', 'resume', '--block'], phase: null }],
        }),
      ],
    });
    expect(text(sceneOf(running, { now: later }), uiOn('plan'))).toMatch(
      /23\/86.* → \S+\/master-2\/system-upgrade/,
    );
  });
  test('a source that fails keeps its last data, aged, with the reason', () => {
    const { plan } = cluster.sources;
    const sources = {
      ...cluster.sources,
      plan: {
        ...plan,
        state: 'failing' as const,
        lastGood: iso(80_000),
        problem: {
          code: 'gravity.locked' as const,
          sentence: 'gravity plan: the local database is locked',
          nextStep: 'wait',
        },
      },
    };
    const shown = text(sceneOf({ ...cluster, sources }), uiOn('plan'));
    expect(shown).toContain('plan 1m ×');
    expect(shown).toContain('plan from 1m ago: gravity plan: the local database is locked');
    expect(shown).toContain('× drain');
  });
});

test('the overview shows a contradiction as a contradiction, and the node that needs attention', () => {
  const shown = text(sceneOf(cluster), uiOn('overview'));
  expect(shown).toContain('that the cluster is active, the');
  expect(shown).toContain('master-2: status (4s ago) says healthy, the health endpoint (4s');
  expect(shown).toContain('5 of 5 need attention');
  expect(shown).toMatch(/master-3 unknown +UNEXPECTED +gone from the health endpoint/);
});

describe('what is wrong is said to be expected or not', () => {
  const leaf = '/masters/master-2/system-upgrade';
  const event = (kind: 'node.degraded' | 'probe.failed', node: string, checker: string | null) => ({
    at: iso(10_000),
    kind,
    node,
    checker,
    from: null,
    to: null,
    text: '',
  });
  const upgrading = clusterOf(recordedPlan('midway-3m2w'), {
    ...degraded,
    history: [
      event('probe.failed', '192_168_1_12.demo', 'kubelet'),
      event('node.degraded', '192_168_1_12.demo', null),
      event('probe.failed', '192_168_1_13.demo', 'kubelet'),
    ],
    passages: { [leaf]: { attempts: 1, began: iso(60_000), ended: null, changed: iso(60_000) } },
  });
  const plan = upgrading.plan && {
    ...upgrading.plan,
    phases: upgrading.plan.phases.map((phase) =>
      phase.id === leaf ? { ...phase, state: 'in_progress' as const } : phase,
    ),
  };
  const scene = (columns: number) => sceneOf({ ...upgrading, plan }, { size: { columns, rows: 36 } });
  test('on a wide overview in columns, with the probes and how far the upgrade is with each node', () => {
    const wide = text(scene(120), uiOn('overview'));
    expect(wide).toMatch(/ state +probes +upgrade$/m);
    expect(wide).toMatch(/◐ master-2 degraded +1 bad +\d+\/\d+ +EXPECTED/);
    expect(text(scene(80), uiOn('overview'))).not.toMatch(/probes +upgrade/);
  });
  for (const columns of [80, 120, 200]) {
    test(`on the nodes at ${columns} columns`, () => {
      const shown = text(scene(columns), uiOn('nodes'));
      expect(shown).toMatch(/master-2.*degraded +1 bad +0 EXPECTED/);
      expect(shown).toMatch(/master-3.*unknown +- +0 UNEXPECTED/);
    });
    test(`in the history at ${columns} columns, with the leaf`, () => {
      const shown = text(scene(columns), uiOn('history'));
      expect(shown).toMatch(/× Probe Failed +master-2 +kubelet +EXPECTED \/ma/);
      expect(shown).toMatch(/◐ Node Degraded +master-2 +EXPECTED/);
      expect(shown).toMatch(/× Probe Failed +master-3 +kubelet +UNEXPECTED/);
    });
    test(`on the overview at ${columns} columns`, () => {
      const shown = text(scene(columns), uiOn('overview'));
      expect(shown).toMatch(
        /◐ master-2 degraded +(1 bad +\d+\/\d+ +)?EXPECTED \/masters\/master-2\/system-upgrade/,
      );
    });
  }
});

test('a node the health endpoint says nothing of has no probes, not none failed', () => {
  expect(text(sceneOf(cluster), uiOn('nodes'))).toMatch(/master-3 .* - +0/);
});

test('the runs show the output of the one selected', () => {
  const output = { run: 'run-1', lines: ['Executing "/init"', 'done'], skipped: 0, problem: null };
  const shown = text(sceneOf(cluster, { output }), uiOn('runs'));
  expect(shown).toMatch(/▌× failed/);
  expect(shown).toContain('exit 255  it failed');
  expect(shown).toContain('Executing "/init"');
});

test('an agent that says nothing is said to be silent', () => {
  const connection = { state: 'lost' as const, heard: now - 42_000, problem: 'closed' };
  expect(text(sceneOf(cluster, { connection }), uiOn('plan'))).toContain('AGENT SILENT FOR 42s');
});

test('the menu shows what can be done with its command, and what cannot with the reason', () => {
  const shown = text(
    sceneOf(cluster, { size: { columns: 120, rows: 36 } }),
    uiOn('plan', { overlay: { kind: 'menu', selected: 0 }, drive: true }),
  );
  expect(shown).toContain('Actions  on /masters/master-2/drain');
  expect(shown).toMatch(/Execute +change +gravity plan execute --phase=\/masters\/master-2\/drain/);
  expect(shown).toMatch(/Release the wheel +change +nobody drives/);
});

test('the menu of one who does not drive says who does', () => {
  const holder = { user: 'root', from: 'master-3', tty: null, console: 'console-there' };
  const wheel = { holder, since: iso(9000), reason: null };
  const scene = sceneOf({ ...cluster, wheel });
  const selected = menuEntries(scene, uiOn('plan')).findIndex(({ row }) => row.id === 'phase.execute');
  const shown = text(scene, uiOn('plan', { overlay: { kind: 'menu', selected } }));
  expect(shown).toMatch(/Execute +change +root@master-3 has control since 10:02:51/);
  expect(shown).toContain('Next: take control, with a reason: wheel.take');
});

test('a card says what, where, how to undo and the literal command, and marks No', () => {
  const args = { phase: '/masters/master-2/drain' };
  const verdict = judge({ cluster, action: 'phase.force', args, facts: { pods: null, agents: null, now } });
  const card: Card = {
    kind: 'card',
    id: 1,
    action: 'phase.force',
    args,
    form: null,
    stage: 'ready',
    judgement: { schema: 1, id: 'j', ...verdict },
    drawn: true,
    armed: true,
    missed: false,
    focus: 'no',
    word: '',
    reason: '',
    changed: [],
    problem: null,
    top: 0,
  };
  const shown = text(sceneOf(cluster), uiOn('plan', { overlay: card }));
  expect(shown).toContain('REHEARSAL   Force /masters/master-2/drain   risk: destroy');
  expect(shown).toMatch(/about +master-2/);
  expect(shown).toMatch(/runs on +master-1/);
  expect(shown).toMatch(/pods +unknown/);
  expect(shown).toMatch(/undo /);
  expect(shown).toContain('/opt/image/gravity plan execute --phase=/masters/master-2/drain');
  expect(shown).toContain('--force');
  expect(shown).toContain('Type master-2 to confirm');
  expect(shown).toContain('[ No ]');
  expect(shown).not.toContain('[ Yes ]');
});

test('in ASCII no other character is drawn', () => {
  for (const { id } of screenTable) {
    const shown = text(sceneOf(cluster, { look: { ascii: true, colour: false } }), uiOn(id));
    expect(shown).toMatch(/^[\n\x20-\x7e]*$/);
  }
});

test('whatever a name holds, no control character is drawn and no line gets longer', () => {
  const evil = 'm\u001b[2J\u202easter\u0007-日本語日本語日本語日本語日本語日本語日本語日本語';
  const phases = failed.phases.map((phase) => ({
    ...phase,
    description: evil,
    error: phase.error && `${evil}\n${evil}`,
  }));
  const servers = failed.servers.map((server) => ({ ...server, hostname: evil }));
  const hostile = { ...cluster, plan: { ...failed, phases, servers } };
  for (const size of sizes)
    for (const { id } of screenTable)
      for (const row of textOf(frameRows(sceneOf(hostile, { size }), uiOn(id)))) {
        expect(row).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(width(row)).toBeLessThanOrEqual(size.columns);
      }
});

describe('how long a group took', () => {
  const seen = { attempts: 1, began: iso(60_000), ended: iso(20_000), changed: iso(20_000) };
  const leaves = (failed.phases ?? []).filter((phase) => phase.leaf && phase.parent === '/bootstrap');
  const ran = clusterOf({
    ...failed,
    phases: failed.phases.map((phase) =>
      phase.parent === '/bootstrap' ? { ...phase, state: 'completed' as const } : phase,
    ),
  });
  const [first, ...others] = leaves.map((leaf) => [leaf.id, seen] as const);
  if (!first) throw new Error('the recorded plan has a group /bootstrap');
  test('is told when every leaf was seen to begin', () => {
    const passages = Object.fromEntries([first, ...others]);
    expect(text(sceneOf({ ...ran, passages }), uiOn('plan'))).toMatch(/✓ bootstrap.*40s/);
  });
  test('is not told when one was not', () => {
    const passages = Object.fromEntries(others);
    expect(text(sceneOf({ ...ran, passages }), uiOn('plan'))).not.toMatch(/✓ bootstrap.*40s/);
  });
});

test('a plan of ten thousand leaves draws the rows of the screen and no more', () => {
  const [root, leaf] = [
    failed.phases.find((phase) => phase.id === '/nodes'),
    failed.phases.find((phase) => phase.leaf),
  ];
  if (!root || !leaf) throw new Error('the recorded plan has a group /nodes and leaves');
  const leaves = Array.from({ length: 10_000 }, (_, index) => ({
    ...leaf,
    id: `/nodes/leaf-${index}`,
    parent: '/nodes',
    state: 'unstarted' as const,
    requires: [],
  }));
  const big = clusterOf({ ...failed, phases: [{ ...root, parent: null, requires: [] }, ...leaves] });
  const rows = frameRows(
    sceneOf(big),
    uiOn('plan', {
      folds: { '/nodes': true },
      lists: {
        ...uiOn('plan').lists,
        plan: { ...uiOn('plan').lists.plan, selected: '/nodes/leaf-9000' },
      },
    }),
  );
  expect(rows).toHaveLength(24);
  expect(textOf(rows).join('\n')).toContain('leaf-9000');
});

describe('the footer', () => {
  const last = (scene: Scene, ui: Ui) => textOf(frameRows(scene, ui)).at(-1);
  test('at 80 columns names what a step will execute, and keeps the keys that matter', () => {
    expect(last(sceneOf(cluster), uiOn('plan'))).toBe(
      ' x step drain  a actions  w why  ? keys  : go  / filter  o output  q quit',
    );
  });
  test('keeps the way out at every width', () => {
    for (const columns of [40, 60, 80, 120])
      expect(last(sceneOf(cluster, { size: { columns, rows: 24 } }), uiOn('plan'))).toContain('q quit');
  });
  test('names the step last where there is nothing to step', () => {
    const phases = failed.phases.map((phase) => ({ ...phase, state: 'completed' as const }));
    expect(last(sceneOf(clusterOf({ ...failed, phases })), uiOn('plan'))).toMatch(/^ a actions/);
  });
  test('says what has happened at the right of the keys', () => {
    const notice = { text: 'the agent is heard again', tone: 'good' as const };
    expect(last(sceneOf(cluster), uiOn('plan', { notice }))).toMatch(
      /^ x step drain {2}a actions .*the agent is heard again$/,
    );
  });
  test('of a card that is being judged offers Esc alone', () => {
    const { ui } = update(uiOn('plan'), sceneOf(cluster), 'x');
    expect(last(sceneOf(cluster), ui)).toBe(' Esc cancel');
  });
  test('counts the matches while a filter is typed', () => {
    const typed = [...'/drain'].reduce((ui, key) => update(ui, sceneOf(cluster), key).ui, uiOn('plan'));
    expect(last(sceneOf(cluster), typed)).toMatch(/^ \/drain_ {3}\d+ matches {3}Enter keeps/);
  });
});
