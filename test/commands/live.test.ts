import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { readPlan } from '../../src/adapters/gravity/plan.ts';
import { readStatus } from '../../src/adapters/gravity/status.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import type { Status } from '../../src/protocol/status.ts';
import { type TwinName, twinSchemas } from '../../src/protocol/twins.ts';
import { recording } from '../recordings.ts';
import { agentStub, freshCluster, run } from './agent-stub.ts';
import { now, oneShot } from './one-shot.ts';

const agent = ['--agent', 'unix:/a.sock'];

describe('a twin of what the agent knows', () => {
  for (const command of ['plan', 'nodes', 'status', 'history', 'operations', 'runs'] as const) {
    test(`${command} keeps its contract and ends with 0 while all is well`, async () => {
      const { http } = agentStub(await known());
      const ended = await oneShot([command, '-o', 'json', ...agent], { http });
      expect(ended).toMatchObject({ code: 0, err: '' });
      const document = JSON.parse(ended.out);
      expect(v.parse(schemaOf(command), document)).toEqual(document);
    });

    test(`${command} in text begins with the kind of agent`, async () => {
      const ended = await oneShot([command, ...agent], { http: agentStub(await known()).http });
      expect(ended.out).toMatch(/^REHEARSAL test\n/);
    });
  }

  test('the plan in text says what is left, in JSON nothing is added to its contract', async () => {
    const cluster = await known();
    const plan = cluster.plan && {
      ...cluster.plan,
      phases: cluster.plan.phases.map((phase) => ({ ...phase, state: 'unstarted' as const })),
    };
    const ended = await oneShot(['plan', ...agent], { http: agentStub({ ...cluster, plan }).http });
    expect(ended.out).toMatch(/^REHEARSAL test\nif resumed now: about \S+ left \(.* to .*\)\n/);
  });

  test('runs name the phase that a step took by itself', async () => {
    const phase = '/init/master-1';
    const steps = [{ program: 'gravity' as const, path: '/g', argv: ['plan', 'execute'], phase }];
    const { http } = agentStub({ ...(await known()), runs: [{ ...run, args: {}, steps }] });
    expect((await oneShot(['runs', ...agent], { http })).out).toContain(`phase=${phase}`);
  });

  test('the plan carries the state of its operation, which gravity plan does not tell', async () => {
    const ended = await oneShot(['plan', '-o', 'json', ...agent], { http: agentStub(await known()).http });
    expect(JSON.parse(ended.out).operation.state).toBe('update_in_progress');
  });
});

test('operations that gravity cannot list are the ones of its status', async () => {
  const cluster = withSource({ ...(await known()), operations: null }, 'operations', {
    state: 'failing',
    lastGood: null,
  });
  const ended = await oneShot(['operations', '-o', 'json', ...agent], { http: agentStub(cluster).http });
  expect(ended).toMatchObject({ code: 0, err: expect.stringMatching(/could not list/) });
  expect(JSON.parse(ended.out).operations).not.toEqual([]);
});

describe('what is not known or no longer true never ends with 0', () => {
  const failing = { state: 'failing' as const };
  const cases: [string, string, (cluster: Cluster) => Cluster, number, RegExp][] = [
    ['a plan never read', 'plan', (cluster) => ({ ...cluster, plan: null }), 7, /no plan/],
    [
      'a plan that can no longer be read',
      'plan',
      (cluster) => withSource(cluster, 'plan', failing),
      7,
      /last good at/,
    ],
    [
      'a status never read',
      'status',
      (cluster) => withSource({ ...cluster, status: null }, 'status', { state: 'never', lastGood: null }),
      7,
      /nothing is known/,
    ],
    [
      'a status grown old',
      'status',
      (cluster) => withSource(cluster, 'status', { lastGood: '2026-11-22T00:00:00Z' }),
      7,
      /last good at/,
    ],
    [
      'a health endpoint that fails',
      'nodes',
      (cluster) => withSource(cluster, 'health', failing),
      7,
      /health was last good/,
    ],
    [
      'an operation that is not the agent’s',
      'plan --operation-id other',
      (cluster) => cluster,
      2,
      /not of "other"/,
    ],
  ];
  for (const [what, words, change, code, sentence] of cases) {
    test(`${what}: ${code}`, async () => {
      const { http } = agentStub(change(await known()));
      const ended = await oneShot([...words.split(' '), ...agent], { http });
      expect(ended.code).toBe(code);
      expect(ended.err).toMatch(sentence);
    });
  }
});

describe('no agent is exit 5 with the way on', () => {
  test('nobody on the sockets of this machine', async () => {
    const request = async () => ({ ok: false as const, code: 'ENOENT', message: 'no', durationMs: 0 });
    const ended = await oneShot(['status'], { http: { request } });
    expect(ended.code).toBe(5);
    expect(ended.err).toMatch(/no agent runs here.*Next: /);
  });

  test('an --agent that is no Unix socket is a mistake in the command line', async () => {
    expect((await oneShot(['status', '--agent', '/x'])).code).toBe(2);
  });
});

describe('--watch', () => {
  test('prints one line of JSON for each change and ends with Ctrl-C', async () => {
    const cluster = await known();
    const stub = agentStub(cluster);
    const signals = new Map<string, () => void>();
    const onSignal = (signal: string, act: () => void) => {
      signals.set(signal, act);
      return () => {};
    };
    const watching = oneShot(['runs', '--watch', '-o', 'json', ...agent], {
      http: stub.http,
      terminal: { onSignal },
    });
    const handlers = await opened(stub);
    const say = (message: object) => handlers.onMessage(JSON.stringify({ epoch: 'e', ...message }));
    say({ type: 'snapshot', schema: 1, seq: 1, at: new Date(now).toISOString(), state: cluster });
    say({ type: 'beat', seq: 1, at: new Date(now).toISOString() });
    const event = { kind: 'run.changed', seen: new Date(now).toISOString(), run };
    say({ type: 'event', seq: 2, event });
    say({ type: 'event', seq: 3, event: { ...event, run: { ...run, outputBytes: 5 } } });
    say({ type: 'event', seq: 4, event: { ...event, run: { ...run, state: 'running' } } });
    await new Promise(setImmediate);
    signals.get('SIGINT')?.();
    const { code, out } = await watching;
    expect(code).toBe(0);
    const states = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).runs.map(({ state }: { state: string }) => state));
    expect(states).toEqual([[], ['queued'], ['running']]);
    expect(stub.stream.closed).toBe(true);
  });

  test('waits for an agent that restarts, and says so', async () => {
    const cluster = await known();
    const stub = agentStub(cluster);
    let stop = () => {};
    const onSignal = (signal: string, act: () => void) => {
      if (signal === 'SIGINT') stop = act;
      return () => {};
    };
    const watching = oneShot(['runs', '--watch', '-o', 'json', ...agent], {
      http: stub.http,
      terminal: { onSignal },
    });
    const first = await opened(stub);
    const snapshot = (runs: Cluster['runs'], epoch: string) =>
      JSON.stringify({
        type: 'snapshot',
        epoch,
        schema: 1,
        seq: 1,
        at: new Date(now).toISOString(),
        state: { ...cluster, runs },
      });
    first.onMessage(snapshot([], 'e'));
    stub.stream.handlers = null;
    first.onClose({ code: 1006, message: 'gone' });
    const second = await opened(stub);
    second.onMessage(snapshot([run], 'f'));
    await new Promise(setImmediate);
    stop();
    const { code, out, err } = await watching;
    expect(code).toBe(0);
    expect(err).toMatch(/^the agent is gone: .*; waiting for it.*\nthe agent is back\n$/);
    expect(out.trim().split('\n')).toHaveLength(2);
  });
});

describe('the journal', () => {
  const entry = (n: number, seen: string) => ({
    n,
    epoch: 'e',
    kind: 'phase.changed',
    at: seen,
    seen,
    tick: n,
    phase: `/p${n}`,
    from: 'unstarted',
    to: 'completed',
  });
  const entries = [
    entry(1, '2026-11-23T01:00:00Z'),
    entry(2, '2026-11-23T02:00:00Z'),
    entry(3, '2026-11-23T03:00:00Z'),
  ];
  const answers = {
    'GET /v1/journal': ({ url }: { url: string }) => {
      const since = Number(/since=(\d+)/.exec(url)?.[1] ?? 0);
      const page = entries.filter(({ n }) => n > since).slice(0, 2);
      return { body: { schema: 1, entries: page, next: page.at(-1)?.n ?? since, more: since === 0 } };
    },
  };
  const cases: [string, string[], string[]][] = [
    ['all of it, page by page', [], ['/p1', '/p2', '/p3']],
    ['after a number', ['--since', '2'], ['/p3']],
    ['from an instant on', ['--since', '2026-11-23T02:00:00Z'], ['/p2', '/p3']],
  ];
  for (const [what, words, phases] of cases) {
    test(what, async () => {
      const ended = await oneShot(['journal', '-o', 'json', ...words, ...agent], {
        http: agentStub(await known(), answers).http,
      });
      const document = JSON.parse(ended.out);
      expect(v.safeParse(schemaOf('journal'), document).success).toBe(true);
      expect(document.entries.map(({ phase }: { phase: string }) => phase)).toEqual(phases);
      expect(Object.keys(document.entries[0]).slice(0, 2)).toEqual(['at', 'kind']);
    });
  }

  test('refuses a --since that is neither number nor instant', async () => {
    expect((await oneShot(['journal', '--since', 'yesterday', ...agent])).code).toBe(2);
  });
});

async function known(): Promise<Cluster> {
  const plan = await read<Plan>(readPlan(recording('story/08-plan-json-failed.stdout'), now));
  const status = await read<Status>(readStatus(recording('story/09-status-json-failed.stdout'), now));
  const health = { state: 'running' as const, at: null, servedAt: null, summary: null, nodes: [] };
  return freshCluster({ plan, status, health: { ...health, nodes: [] } });
}

async function read<T>(reading: { ok: boolean } | Promise<{ ok: boolean }>): Promise<T> {
  const done = (await reading) as { ok: true; value: T };
  expect(done.ok).toBe(true);
  return done.value;
}

function withSource(cluster: Cluster, name: keyof Cluster['sources'], changes: object): Cluster {
  return { ...cluster, sources: { ...cluster.sources, [name]: { ...cluster.sources[name], ...changes } } };
}

async function opened(stub: ReturnType<typeof agentStub>) {
  while (stub.stream.handlers === null) await new Promise(setImmediate);
  return stub.stream.handlers;
}

function schemaOf(command: TwinName): v.GenericSchema {
  return twinSchemas[command];
}
