import { describe, expect, test } from 'vitest';
import { readPlanJson } from '../../src/adapters/gravity/plan-json.ts';
import { createLedger } from '../../src/agent/ledger.ts';
import { createPoller } from '../../src/agent/poller.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { gravityProcesses, nobodyListens, noEnv, noFiles, noInterfaces } from '../driver/agent-ports.ts';
import { flightNames, loadFlight } from '../driver/flight.ts';
import { handClock } from '../driver/hand-clock.ts';
import { memoryStore } from '../driver/memory-store.ts';

/** What one reading of the real gravity costs (client-facts 6), at its dearest. */
const costMs = 350;

const flights = flightNames().flatMap((name) => [
  { name, from: 'another shell', ours: false, restarts: 0 },
  { name, from: 'this agent, as its runs', ours: true, restarts: 0 },
  { name, from: 'this agent, which is restarted twice meanwhile', ours: true, restarts: 2 },
]);

describe.each(flights)('the flight $name driven from $from', async ({ name, ours, restarts }) => {
  const flown = await fly(name, { ours, restarts });

  test('is followed to its end', () => {
    expect(flown.plan).toEqual(planOf(flown.flight.plan(flown.flight.end)));
  });

  test('after each poll the state is the frame of that instant', () => {
    expect(flown.after.length).toBeGreaterThan(0);
    for (const { t, plan } of flown.after) expect(plan, `at ${t} s`).toEqual(planOf(flown.flight.plan(t)));
  });

  test('every difference between two successive answers is in the journal once', () => {
    const expected = flown.after.slice(1).flatMap(({ t }, index) => {
      const before = flown.flight.states(flown.after[index]?.t ?? 0);
      return [...flown.flight.states(t)]
        .filter(([phase, state]) => before.get(phase) !== state)
        .map(([phase, to]) => ({ phase, from: before.get(phase), to }));
    });
    expect(flown.journal('phase.changed').map(({ phase, from, to }) => ({ phase, from, to }))).toEqual(
      expected,
    );
  });

  test('the plan itself is in the journal once', () => {
    expect(flown.journal('plan.read')).toHaveLength(1);
  });

  test('no two polls of gravity overlap', () => {
    flown.polls.forEach((poll, index) => {
      const former = flown.polls[index - 1];
      expect(poll.at).toBeGreaterThanOrEqual(
        former === undefined ? 0 : (former.done ?? Number.POSITIVE_INFINITY),
      );
    });
  });

  // Starting reads everything at once, and two starts in four minutes are no way to live.
  if (restarts === 0)
    test('the polls cost a tenth of a core at most', () => {
      expect(flown.polls.length * costMs).toBeLessThanOrEqual(flown.elapsedMs * 0.1);
    });

  // After a run of ours it is read at once, so only the other case shows the pause.
  if (!ours)
    test('while it moves the plan is read at every 15 times its own cost', () => {
      const plans = flown.polls.filter(({ argv }) => argv === 'plan --output=json');
      const pauses = plans.slice(2).map(({ at }, index) => at - (plans[index + 1]?.at ?? 0));
      for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(15 * costMs);
    });

  // What status told is not remembered across lives: only what differs within one is a change.
  if (restarts === 0)
    test('the operation ends in the journal as it did', () => {
      const states = flown.journal('operation.changed').map(({ to }) => to);
      expect(states.at(-1)).toBe(flown.status?.operation?.state);
    });
});

async function fly(name: string, how: { ours: boolean; restarts: number }) {
  const flight = loadFlight(name);
  const clock = handClock();
  const { polls, processes } = gravityProcesses(clock, costMs, (argv) =>
    flight.answer(argv, clock.monotonic() / 1000),
  );
  const store = memoryStore();
  const initial = emptyCluster({ kind: 'replay', label: null, readOnly: false, units: 'none' });
  const launch = async (epoch: string) => {
    const ledger = await createLedger({ clock, epoch, store, initial });
    const poller = createPoller(
      {
        clock,
        ledger,
        processes,
        http: nobodyListens,
        files: noFiles,
        env: noEnv,
        interfaces: noInterfaces,
      },
      { gravity: ['/flight/gravity'], node: null, health: null, cwd: '/', stateDir: '/var/lib/gravity' },
    );
    poller.start();
    return { ledger, poller };
  };
  let agent = await launch('first');
  for (const { began, ended } of how.ours ? flight.commands : []) {
    clock.after(began * 1000, () => agent.poller.runBegan());
    clock.after(ended * 1000, () => agent.poller.runEnded());
  }
  const after: { t: number; plan: unknown }[] = [];
  const answered = () => polls.filter(({ argv, done }) => argv === 'plan --output=json' && done !== null);
  const elapsedMs = (flight.end + 90) * 1000;
  let restarts = how.restarts;
  while (clock.monotonic() < elapsedMs) {
    await clock.advance(50);
    const last = answered()[after.length];
    if (last !== undefined) after.push({ t: last.at / 1000, plan: agent.ledger.state().plan });
    const idle = polls.every(({ done }) => done !== null);
    if (
      idle &&
      restarts > 0 &&
      clock.monotonic() > (elapsedMs / (how.restarts + 1)) * (how.restarts - restarts + 1)
    ) {
      restarts -= 1;
      await agent.poller.stop();
      await agent.ledger.close();
      agent = await launch(`life ${restarts}`);
    }
  }
  const { ledger, poller } = agent;
  await poller.stop();
  const entries = store.lines.map((line) => JSON.parse(line));
  const { plan, status } = ledger.state();
  return {
    flight,
    polls,
    after,
    elapsedMs,
    plan,
    status,
    journal: (kind: string) => entries.filter((entry) => entry.kind === kind),
  };
}

function planOf(text: string) {
  const reading = readPlanJson(text);
  if (!reading.ok) throw new Error(reading.problem.sentence);
  return reading.value;
}
