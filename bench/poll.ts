import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readPlanJson } from '../src/adapters/gravity/plan-json.ts';
import { createLedger } from '../src/agent/ledger.ts';
import { createPoller } from '../src/agent/poller.ts';
import { emptyCluster } from '../src/model/empty-cluster.ts';
import type { Finished } from '../src/ports.ts';
import { nobodyListens, noEnv, noFiles, noInterfaces } from '../test/driver/agent-ports.ts';
import { handClock } from '../test/driver/hand-clock.ts';
import { memoryStore } from '../test/driver/memory-store.ts';
import type { Row } from './row.ts';

/** One leaf of the 63-node plan, as gravity prints it while it was never begun. */
const leaf = '"id": "/checks",';

/**
 * What a poll of the 63-node plan (2.5 MB, 666 leaves) costs the agent, in CPU of this process: from the last byte the
 * binary printed to the event at a subscriber of the stream, serialized as the stream sends it.
 */
export async function bench(): Promise<Row[]> {
  const fresh = gunzipSync(readFileSync('test/recordings/plans/fresh-3m60w.json.gz'));
  const moved = Buffer.from(fresh.toString('utf8').replace(leaf, `${leaf}\n      "state": "in_progress",`));
  if (moved.length === fresh.length) throw new Error('the recording has no phase /checks');
  const first = await measure([fresh], 15);
  const changed = await measure([fresh, moved], 15);
  const unchanged = await measure([fresh, fresh], 15);
  return [
    row('first reading of the 63-node plan', first.ms, 60),
    row('a changed leaf of it, to the event on the stream', changed.ms, 60),
    row('the same plan again', unchanged.ms, 10),
    {
      ...row('events of the same plan again', unchanged.events, 0),
      unit: 'events',
      target: 'none',
      met: unchanged.events === 0,
    },
    row('of which reading the JSON', parseCost(moved), null),
  ];
}

function row(what: string, value: number, target: number | null): Row {
  const aim = target === null ? null : `< ${target} ms`;
  return {
    name: 'poll',
    what,
    value,
    unit: 'ms CPU',
    against: null,
    ratio: null,
    target: aim,
    met: target === null ? null : value < target,
  };
}

/** The median over `rounds` of the last of the polls that answer with `outputs` in turn. */
async function measure(outputs: readonly Buffer[], rounds: number): Promise<{ ms: number; events: number }> {
  const costs: { ms: number; events: number }[] = [];
  for (let round = 0; round < rounds; round += 1) costs.push(await flown(outputs));
  costs.sort((one, other) => one.ms - other.ms);
  return costs[Math.floor(rounds / 2)] ?? { ms: Number.NaN, events: Number.NaN };
}

async function flown(outputs: readonly Buffer[]): Promise<{ ms: number; events: number }> {
  const clock = handClock();
  const initial = emptyCluster({ kind: 'replay', label: null, readOnly: true, units: 'none' });
  const ledger = await createLedger({ clock, epoch: 'bench', store: memoryStore(), initial });
  let polls = 0;
  let began: NodeJS.CpuUsage | null = null;
  let cost = { ms: 0, events: 0 };
  const events: string[] = [];
  ledger.subscribe((numbered) => events.push(JSON.stringify(numbered)));
  const run = async ({ argv }: { argv: readonly string[] }): Promise<Finished> => {
    await new Promise<void>((done) => clock.after(300, done));
    if (argv[0] !== 'plan') return finished(Buffer.from(argv[0] === 'version' ? '{"version":"7.0.41"}' : ''));
    // A fresh copy, as a pipe would give it.
    const stdout = Buffer.from(outputs[polls] ?? fallback(outputs));
    polls += 1;
    if (polls === outputs.length) {
      events.length = 0;
      began = process.cpuUsage();
      // The hand clock lets everything that follows from the answer happen before its next turn.
      setImmediate(() => {
        const used = process.cpuUsage(began ?? undefined);
        cost = { ms: (used.user + used.system) / 1000, events: events.length };
      });
    }
    return finished(stdout);
  };
  const poller = createPoller(
    {
      clock,
      ledger,
      processes: { run },
      http: nobodyListens,
      files: noFiles,
      env: noEnv,
      interfaces: noInterfaces,
    },
    { gravity: ['/bench/gravity'], node: null, health: null, cwd: '/', stateDir: '/var/lib/gravity' },
  );
  poller.start();
  await clock.until(() => polls >= outputs.length);
  await clock.settle();
  // A reading may be under way just then: it is waited for, and only we move the time.
  const stopped = poller.stop();
  await clock.advance(5000);
  await stopped;
  return cost;
}

function fallback(outputs: readonly Buffer[]): Buffer {
  return outputs.at(-1) ?? Buffer.alloc(0);
}

function finished(stdout: Uint8Array): Finished {
  return {
    outcome: 'exited',
    exitCode: 0,
    signal: null,
    stdout,
    stderr: new Uint8Array(),
    durationMs: 300,
    cpuMs: 300,
    detail: null,
  };
}

function parseCost(plan: Buffer): number {
  const costs = Array.from({ length: 15 }, () => {
    const began = process.cpuUsage();
    readPlanJson(plan.toString('utf8'));
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  });
  return costs.sort((one, other) => one - other)[7] ?? Number.NaN;
}
