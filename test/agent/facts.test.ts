import { describe, expect, it } from 'vitest';
import type { ActionRow } from '../../src/actions/row.ts';
import { actionById } from '../../src/actions/table.ts';
import { readPlanJson } from '../../src/adapters/gravity/plan-json.ts';
import { createFactFinder } from '../../src/agent/facts.ts';
import { createLedger } from '../../src/agent/ledger.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import type { Command, Finished } from '../../src/ports.ts';
import { withStates } from '../actions/a-cluster.ts';
import { handClock } from '../driver/hand-clock.ts';
import { recordingText } from '../recordings.ts';

const ended = (exitCode: number, stdout: string): Finished => ({
  outcome: 'exited',
  exitCode,
  signal: null,
  stdout: new TextEncoder().encode(stdout),
  stderr: new Uint8Array(),
  durationMs: 1,
  cpuMs: 1,
  detail: null,
});

const budget = (name: string, app: string, disruptionsAllowed: number) => ({
  apiVersion: 'policy/v1',
  metadata: { namespace: 'default', name },
  spec: { selector: { matchLabels: { app } } },
  status: { disruptionsAllowed },
});
const pods = JSON.stringify({
  items: [
    {
      metadata: { namespace: 'default', name: 'shop', labels: { app: 'shop' } },
      spec: { nodeName: '192.168.1.12' },
    },
    {
      metadata: { namespace: 'kube-system', name: 'net', ownerReferences: [{ kind: 'DaemonSet' }] },
      spec: { nodeName: '192.168.1.12' },
    },
  ],
});
const budgets = JSON.stringify({
  items: [budget('shop', 'shop', 0), budget('loose', 'shop', 1), budget('elsewhere', 'something-else', 0)],
});
const agents =
  'Hostname  Address       Status    Version\nmaster-1  192.168.1.11  deployed  7.0.30\nmaster-2  192.168.1.12  offline\n';

type Answer = (argv: string) => Finished | Promise<Finished>;

async function world(answer: Answer, busy: Promise<void> = Promise.resolve()) {
  const clock = handClock();
  const store = {
    append: async () => {},
    readAll: async () => ({ lines: 0, torn: false }),
    size: async () => 0,
    trim: async () => null,
    close: async () => {},
  };
  const initial = emptyCluster({ kind: 'live', label: null, readOnly: false });
  const ledger = await createLedger({ clock, epoch: 'e', store, initial });
  const plan = readPlanJson(recordingText('plans/failed-3m2w.json'));
  if (!plan.ok) throw new Error('the recording cannot be read');
  const seen = new Date(clock.now()).toISOString();
  const binary = {
    path: '/g',
    from: 'option',
    version: '7.0.30',
    drives: true,
    polls: true,
    problem: null,
  } as const;
  ledger.record(
    { kind: 'plan.read', seen, plan: plan.value },
    { kind: 'binaries.found', seen, binaries: [binary] },
  );
  const ran: string[] = [];
  const processes = {
    run: async ({ path, argv }: Command) => {
      ran.push([path, ...argv].join(' '));
      return answer(argv.join(' '));
    },
  };
  const asked: string[] = [];
  const poller = {
    exclusive: async <T>(work: () => Promise<T>) => busy.then(work),
    readNow: async (source: string) => {
      asked.push(source);
      return null;
    },
  };
  const atWork = async () => ['gravity plan resume'];
  const facts = createFactFinder({ clock, ledger, processes, poller, atWork });
  return { clock, ran, ledger, asked, facts };
}

const row = rowOf('phase.execute');
const drain = { phase: '/masters/master-2/drain' };
const wellAnswered: Answer = (argv) =>
  argv.includes('get pods')
    ? ended(0, pods)
    : argv.includes('budgets')
      ? ended(0, budgets)
      : ended(255, agents);

describe('the facts of a judgement', () => {
  it('are the pods of the node the phase is about, the budgets in their way, and the update agents', async () => {
    const { facts, ran } = await world(wellAnswered);
    expect(await facts.find(row, drain)).toMatchObject({
      pods: { count: 1, budgets: ['default/shop'] },
      agents: [
        { hostname: 'master-1', state: 'deployed' },
        { hostname: 'master-2', state: 'offline' },
      ],
    });
    expect(ran.some((line) => line.includes('--field-selector=spec.nodeName=192.168.1.12'))).toBe(true);
  });

  it('are unknown budgets where those alone cannot be read', async () => {
    const { facts } = await world((argv) => (argv.includes('budgets') ? ended(1, '') : wellAnswered(argv)));
    expect((await facts.find(row, drain)).pods).toEqual({ count: 1, budgets: null });
  });

  it('are asked for only where the action needs them', async () => {
    const { facts, ran } = await world(wellAnswered);
    expect(await facts.find(rowOf('agent.status'), {})).toMatchObject({ pods: null, agents: null });
    expect(ran).toEqual([]);
  });

  const unread: { title: string; answer: Answer }[] = [
    { title: 'a gravity that fails', answer: () => ended(1, '') },
    { title: 'nonsense', answer: () => ended(0, '{"items":7}') },
    { title: 'a gravity that breaks down', answer: () => Promise.reject(new Error('no')) },
  ];
  for (const { title, answer } of unread)
    it(`are unknown, not none, with ${title}`, async () => {
      const { facts } = await world(answer);
      expect(await facts.find(row, drain)).toMatchObject({ pods: null, agents: null });
    });

  for (const [title, busy] of [
    ['a gravity that hangs', Promise.resolve()],
    ['a poll that hangs', new Promise<void>(() => {})],
  ] as const)
    it(`are waited for 5 s and no longer, with ${title}`, async () => {
      const { facts, clock } = await world(() => new Promise(() => {}), busy);
      let found: unknown = null;
      void facts.find(row, drain).then((facts) => {
        found = facts;
      });
      await clock.advance(4_900);
      expect(found).toBeNull();
      await clock.advance(200);
      expect(found).toMatchObject({ pods: null, agents: null });
    });

  it('ask nobody of the pods while the plan has stopped etcd, and ask again once it is back', async () => {
    const { facts, ran, ledger } = await world(wellAnswered);
    const { plan } = ledger.state();
    if (plan === null) throw new Error('there is no plan');
    const planWith = (completed: readonly string[]) =>
      withStates(plan, Object.fromEntries(completed.map((id) => [`/etcd/${id}`, 'completed' as const])));
    const seen = new Date(0).toISOString();
    const stopped = ['shutdown/master-1', 'shutdown/master-2'];
    ledger.record({ kind: 'plan.read', seen, plan: planWith(stopped) });
    expect((await facts.find(row, drain)).pods).toBeNull();
    expect(ran.filter((line) => line.includes('kubectl'))).toEqual([]);
    ledger.record({ kind: 'plan.read', seen, plan: planWith([...stopped, 'restart/master-1']) });
    expect((await facts.find(row, drain)).pods).toEqual({ count: 1, budgets: ['default/shop'] });
  });

  it('come with the plan read now, and with gravity at work here, for what needs control', async () => {
    const { facts, asked } = await world(wellAnswered);
    const found = await facts.find(rowOf('operation.complete'), {});
    expect(found).toMatchObject({ planUnread: null, gravity: ['gravity plan resume'] });
    expect(asked).toEqual(['plan']);
  });

  it.each([
    ['run.interrupt', {}],
    ['autopilot.stop', {}],
    ['autopilot.pause', {}],
    ['phase.note', { phase: '/init', text: 'hm' }],
    ['breakpoint.set', { phase: '/init' }],
    ['wheel.take', {}],
    ['agent.status', {}],
  ])('never wait for a reading of the plan for %s', async (id, args) => {
    const { facts, asked } = await world(wellAnswered);
    await facts.find(rowOf(id), args);
    expect(asked).toEqual([]);
  });

  it('are not read for a viewer', async () => {
    const { facts, asked } = await world(wellAnswered);
    expect(await facts.find(rowOf('operation.step'), {}, false)).toMatchObject({ gravity: null });
    expect(asked).toEqual([]);
  });

  it('are about the node of the next leaf for a step, which names none', async () => {
    const { facts, ran } = await world(wellAnswered);
    expect((await facts.find(rowOf('operation.step'), {})).pods).toEqual({
      count: 1,
      budgets: ['default/shop'],
    });
    expect(ran.filter((line) => line.includes('spec.nodeName='))).toEqual([
      expect.stringContaining('spec.nodeName=192.168.1.12'),
    ]);
  });

  it('take the update agents from the last reading while it is less than a minute old', async () => {
    const { facts, ran, clock, ledger } = await world(wellAnswered);
    const seen = new Date(clock.now()).toISOString();
    const known = { hostname: 'master-1', ip: '192.168.1.11', state: 'deployed', version: null } as const;
    const source = { ...ledger.state().sources.agents, state: 'good', at: seen, lastGood: seen } as const;
    ledger.record({ kind: 'agents.read', seen, agents: [known] }, { kind: 'source.changed', seen, source });
    await clock.advance(59_000);
    expect((await facts.find(row, drain)).agents).toEqual([known]);
    expect(ran.some((line) => line.includes('agent status'))).toBe(false);
    await clock.advance(2_000);
    expect((await facts.find(row, drain)).agents).toHaveLength(2);
  });
});

function rowOf(id: string): ActionRow {
  const found = actionById(id);
  if (!found) throw new Error(`there is no action ${id}`);
  return found;
}
