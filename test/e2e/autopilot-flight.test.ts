import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Operator, operatorOf } from '../driver/console.ts';
import type { App } from '../driver/terminal.ts';
import { type Watched, watched } from '../driver/watched.ts';

const size = { columns: 120, rows: 36 };
/** A stretch of many leaves, each a gravity of its own, beside other tests. */
const stretchMs = 240_000;
let cluster: Watched;
let app: App;
let operator: Operator;

beforeAll(async () => {
  cluster = await watched('--scenario=quiet', '--speed=200');
  openConsole();
});

afterAll(() => cluster.end());

function openConsole(): void {
  app = cluster.open(['--drive', '--screen', 'plan'], size);
  operator = operatorOf(app);
}

/** The console goes without a word, as when a laptop is closed, and another one is opened. */
async function loseConsole(): Promise<void> {
  app.kill('SIGKILL');
  await app.ends();
  openConsole();
  await app.sees(/\d+\/86 leaves/);
}

test('an upgrade flown by autopilot: two breakpoints, a failure repaired, a way back, a second pass that succeeds', {
  timeout: 900_000,
}, async () => {
  await app.sees('0/86 leaves');
  await cluster.simulate('fail', '/masters/master-3/taint', 'the taint did not stick');

  // Two breakpoints, then the autopilot is armed.
  await cluster.do('breakpoint.set', '--on', 'phase', '--phase', '/nodes');
  await cluster.do('breakpoint.set', '--on', 'before-etcd');
  await operator.open('autopilot.arm');
  await operator.confirm();
  await app.sees('autopilot, armed by');

  // It goes on without the console that armed it, and holds at the failure, which is explained.
  await loseConsole();
  await app.sees('AUTOPILOT PAUSED', stretchMs);
  await app.sees('failed /masters/master-3/taint');
  await operator.select('/masters/master-3/taint');
  app.press('w');
  await app.sees('the taint did not stick');
  app.press('Esc');

  // Repaired, and rolled back to before the second master, through the death of the agent.
  await cluster.simulate('fix', '/masters/master-3/taint');
  await operator.select('/masters/master-2');
  await operator.open('operation.rollback-to');
  await operator.confirm();
  await app.sees(/↩ master-3/);
  await cluster.loseAgent();
  await app.sees(/↩ master-2/, stretchMs);

  // The second pass: past the breakpoints one after the other, another console lost on the way.
  await operator.open('autopilot.go-on');
  await operator.confirm();
  await app.sees(/PAUSED.*\/nodes/, stretchMs);
  await loseConsole();
  await operator.open('autopilot.go-on');
  await operator.confirm();
  await app.sees(/PAUSED.*\/etcd/, stretchMs);
  await operator.open('autopilot.go-on');
  await operator.confirm();

  // Its last breakpoint asks for what gravity does not do by itself.
  await app.sees('86/86 leaves', stretchMs);
  await app.sees(/PAUSED.*operation\.complete/);
  await operator.open('operation.complete');
  await operator.confirm('demo.example.com');
  await app.sees('ACTIVE');
  await operator.open('agent.shutdown');
  await operator.confirm();
  app.press('6');
  await app.sees(/agent shutdown.*exit 0/);

  expectJournalToTellTheStory();
});

type Entry = { kind: string; phase?: string; to?: string; by?: string | null };

function expectJournalToTellTheStory(): void {
  const entries = readFileSync(join(cluster.dir, 'state', 'journal.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): Entry => JSON.parse(line));
  const ends = (phase: string) =>
    entries.flatMap((entry) =>
      entry.kind === 'phase.changed' && entry.phase === phase && entry.to !== 'in_progress' ? [entry.to] : [],
    );
  // Once before the way back and once after it; what lies before the second master ran once.
  expect(ends('/masters/master-1/system-upgrade')).toEqual(['completed']);
  expect(ends('/masters/master-2/drain')).toEqual(['completed', 'rolled_back', 'completed']);
  expect(ends('/masters/master-3/taint')).toEqual(['failed', 'rolled_back', 'completed']);
  expect(ends('/gc/worker-2')).toEqual(['completed']);
  // Nothing moved that was not run from here.
  expect(entries.filter(({ kind, by }) => kind === 'phase.changed' && by === null)).toEqual([]);
}
