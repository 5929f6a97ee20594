import { expect, test } from 'vitest';
import { createLedger } from '../../src/agent/ledger.ts';
import { createWhyFacts } from '../../src/agent/why-facts.ts';
import type { Result } from '../../src/console/client.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import type { Why } from '../../src/protocol/why.ts';
import { recordedPlan } from '../actions/a-cluster.ts';
import { exited } from '../adapters/finished.ts';
import { noFiles } from '../driver/agent-ports.ts';
import { agentRig, awaitEnd, awaitState, removeRig } from '../driver/agent-rig.ts';
import { handClock } from '../driver/hand-clock.ts';
import { memoryStore } from '../driver/memory-store.ts';
import { simulated } from '../driver/simulated.ts';

const drain = '/masters/master-1/drain';

function value<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(`${answer.failure.code}: ${answer.failure.message}`);
  return answer.value;
}

test('a drain that is held is answered from the run’s own output and from Kubernetes, and goes on once it is freed', {
  timeout: 120_000,
}, async () => {
  const cluster = await simulated('--scenario=quiet', '--speed=60');
  const rig = agentRig();
  const poll = {
    gravity: [cluster.ready.gravity],
    node: 'master-1',
    health: null,
    cwd: '/',
    stateDir: '/nowhere',
  };
  const agent = await rig.start({ poll });
  const client = rig.client();
  const ask = async (): Promise<Why> => value(await client.why({ phase: drain }));
  try {
    await awaitState(client, ({ plan, status }) => plan !== null && status !== null);
    await cluster.say('evict-block', 'shop/shop-db-0', 'on');
    const { id } = value(await client.judge('phase.force', { phase: drain }));
    const run = value(
      await client.start({ judgementId: id, requestId: 'held-drain', word: 'master-1', drive: true }),
    );
    let why = await ask();
    while (!why.causes.some(({ source }) => source === 'run' && why.id === 'drain.held')) why = await ask();
    const text = why.causes.map((cause) => cause.text).join('\n');
    expect(text).toMatch(/error evicting pod shop\/shop-db-0/);
    expect(text).toMatch(/budget shop\/shop-db allows 0 disruptions/);
    expect(why.next).toMatchObject({ what: 'hand' });
    expect(why.next.commands[0]).toContain(
      `${cluster.ready.gravity} exec kubectl --namespace=shop describe poddisruptionbudget shop-db`,
    );
    for (const { at } of why.causes) expect(at).not.toBeUndefined();
    await cluster.say('evict-block', 'shop/shop-db-0', 'off');
    expect((await awaitEnd(client, run.id)).state).toBe('done');
    await awaitState(
      client,
      ({ plan }) => plan?.phases.find((phase) => phase.id === drain)?.state === 'completed',
    );
    expect((await ask()).id).toBe('leaf.completed');
  } finally {
    await agent.stop();
    removeRig(rig);
    await cluster.end();
  }
});

test('what cannot be read is said to be unknown, and a refusal is answered in its own words', async () => {
  const rig = agentRig();
  const agent = await rig.start();
  const client = rig.client();
  try {
    await awaitState(client, ({ plan, status }) => plan !== null && status !== null);
    const refusal = 'phase "/init/master-1" is already completed: nothing would run';
    expect(value(await client.why({ refusal }))).toMatchObject({ id: 'execute.completed', phase: null });
    const why = value(await client.why({ phase: '/masters/master-2/drain' }));
    expect(why.id).toBe('drain.held');
    expect(why.causes.map(({ text }) => text).join()).toContain('unknown which pods and budgets hold it');
  } finally {
    await agent.stop();
    removeRig(rig);
  }
});

test('only what a question needs is asked outside', async () => {
  const clock = handClock();
  const initial = emptyCluster({ kind: 'live', label: null, readOnly: false });
  const ledger = await createLedger({ clock, epoch: 'e', store: memoryStore(), initial });
  const seen = new Date(clock.now()).toISOString();
  const binary = {
    path: '/g',
    from: 'option',
    version: null,
    drives: true,
    polls: true,
    problem: null,
  } as const;
  ledger.record(
    { kind: 'plan.read', seen, plan: recordedPlan('plans/failed-3m2w.json') },
    { kind: 'binaries.found', seen, binaries: [binary] },
  );
  const asked: string[] = [];
  const facts = createWhyFacts({
    clock,
    ledger,
    processes: {
      run: async ({ argv }) => {
        asked.push(argv.slice(0, 4).join(' '));
        return { ...exited(1, ''), durationMs: 1 };
      },
    },
    poller: { exclusive: (work) => work() },
    runs: { output: async () => ({ bytes: new Uint8Array(), total: 0 }) },
    files: noFiles,
    units: {
      available: async () => false,
      start: async () => ({ ok: false, message: '' }),
      state: async () => null,
    },
  });
  await facts.find({ phase: '/init/master-1', refusal: null });
  await facts.find({ phase: '/masters/master-3/taint', refusal: 'phase "/init/master-1" not found' });
  expect(asked).toEqual([]);
  expect(await facts.find({ phase: '/masters/master-2/drain', refusal: null })).toMatchObject({
    pods: null,
    budgets: null,
  });
  expect(asked.sort()).toEqual(['exec kubectl get poddisruptionbudgets', 'exec kubectl get pods']);
});
