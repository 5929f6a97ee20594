import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import { openStore } from '../../src/adapters/system/store.ts';
import type { Ledger } from '../../src/agent/contracts.ts';
import { createLedger } from '../../src/agent/ledger.ts';
import { createPoller } from '../../src/agent/poller.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import type { Clock } from '../../src/ports.ts';
import { nobodyListens, noEnv, noFiles, noInterfaces } from '../driver/agent-ports.ts';
import { flightNames, loadFlight } from '../driver/flight.ts';

/** How much faster than it was recorded; the agent's clock goes as fast. */
const speed = 20;
const directory = mkdtempSync(join(tmpdir(), 'flight-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test.each(flightNames())('the flight %s of a real process is followed to its end', async (name) => {
  const flight = loadFlight(name);
  const { gravity, answers, takeOff } = program(name);
  const clock = faster(systemClock());
  const journal = join(directory, `${name}.jsonl`);
  const store = await openStore(journal);
  const initial = emptyCluster({ kind: 'replay', label: null, readOnly: true, units: 'none' });
  const ledger = await createLedger({ clock, epoch: name, store, initial });
  const poller = createPoller(
    {
      clock,
      ledger,
      processes: systemProcesses(systemClock()),
      http: nobodyListens,
      files: noFiles,
      env: noEnv,
      interfaces: noInterfaces,
    },
    { gravity: [gravity], node: null, health: null, cwd: directory, stateDir: directory },
  );
  takeOff();
  // The whole flight is one run of ours: it is looked at while it moves.
  poller.runBegan();
  poller.start();
  const last = [...flight.states(flight.end)];
  await seen(ledger, () => {
    const states = new Map(ledger.state().plan?.phases.map(({ id, state }) => [id, state]));
    return last.every(([id, state]) => states.get(id) === state);
  });
  await poller.stop();
  await ledger.close();

  const told = lines(journal).map((line) => JSON.parse(line));
  const moments = lines(answers)
    .filter((line) => line.endsWith(' plan --output=json'))
    .map(Number.parseFloat);
  const expected = moments.slice(1).flatMap((t, index) => {
    const before = flight.states(moments[index] ?? 0);
    return [...flight.states(t)]
      .filter(([phase, state]) => before.get(phase) !== state)
      .map(([phase, to]) => `${phase} ${before.get(phase)} ${to}`);
  });
  const changes = told.filter(({ kind }) => kind === 'phase.changed');
  expect(changes.map(({ phase, from, to }) => `${phase} ${from} ${to}`)).toEqual(expected);
});

/** An executable named `gravity` that answers from the flight once it took off. */
function program(name: string) {
  const [gravity, plan, answers] = ['gravity', 'flight.json', 'answers'].map((file) =>
    join(directory, `${name}-${file}`),
  );
  if (gravity === undefined || plan === undefined || answers === undefined) throw new Error('no paths');
  const body = resolve(import.meta.dirname, '../driver/flight-gravity.ts');
  const words = JSON.stringify({ plan, answers });
  writeFileSync(
    gravity,
    `#!${process.execPath}\nimport(${JSON.stringify(body)}).then((m) => m.flightGravity(${words}));\n`,
    { mode: 0o755 },
  );
  writeFileSync(answers, '');
  return {
    gravity,
    answers,
    takeOff: () => writeFileSync(plan, JSON.stringify({ name, start: Date.now(), speed })),
  };
}

function faster(clock: Clock): Clock {
  const start = clock.monotonic();
  const now = clock.now();
  const elapsed = () => (clock.monotonic() - start) * speed;
  return {
    now: () => now + elapsed(),
    monotonic: elapsed,
    after: (ms, run) => clock.after(ms / speed, run),
    wait: (ms) => clock.wait(ms / speed),
  };
}

function seen(ledger: Ledger, what: () => boolean): Promise<void> {
  return new Promise((done) => {
    const cancel = ledger.subscribe(() => {
      if (!what()) return;
      cancel();
      done();
    });
  });
}

function lines(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}
