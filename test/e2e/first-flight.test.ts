import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { command } from '../driver/command.ts';
import { type Operator, operatorOf } from '../driver/console.ts';
import { type App, startApp } from '../driver/terminal.ts';

let dir: string;
let app: App;
let operator: Operator;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'gravity-console-flight-'));
  // Slow until the agent has read its first plan: what it did not see happen its journal cannot tell.
  app = startApp(['demo', '--dir', dir, '--speed', '40'], { columns: 120, rows: 36 });
  operator = operatorOf(app);
});

afterAll(() => {
  app.kill('SIGTERM');
  rmSync(dir, { recursive: true, force: true });
});

test('an upgrade whose drain fails is brought to its end with keys alone, and the journal tells the same story', {
  timeout: 240_000,
}, async () => {
  await app.sees('REHEARSAL');

  // The drain fails by itself, and its error can be read where it happened.
  app.press('2');
  await app.sees(/× drain/);
  await app.sees(/could not be evicted: disruption budget/);
  await simulate('speed', '200');

  // Healed in a second pane, stepped in the first.
  await simulate('fix', '/masters/master-2/drain');
  await simulate('fail', '/masters/master-3/taint', 'the taint did not stick');
  await operator.open('operation.step');
  await app.sees('Step /masters/master-2/drain');
  await operator.confirm();
  await app.sees(/✓ drain/);

  // Resumed until the next failure.
  await operator.open('operation.resume');
  await operator.confirm();
  await app.sees(/× taint/);
  await app.sees('the taint did not stick');
  // What cannot be undone is refused while a run is on, so each is awaited to its end.
  await app.sees('Resume failed');

  // One phase forced, by typing the node it is about.
  await simulate('fix', '/masters/master-3/taint');
  await operator.select('/masters/master-3/taint');
  await operator.open('phase.force');
  await operator.confirm('master-3');
  await app.sees(/✓ taint/);
  await app.sees('Force /masters/master-3/taint done');

  // One rolled back.
  await operator.open('phase.rollback');
  await operator.confirm();
  await app.sees(/↩ taint/);
  await app.sees('Roll back /masters/master-3/taint done');

  // A group rolled back: its leaves in reverse, those never run left out.
  await operator.select('/masters/master-3');
  await operator.open('phase.rollback');
  await app.sees('4: /masters/master-3/health, /masters/master-3/elect');
  await operator.confirm();
  await app.sees(/↩ master-3/);

  // Resumed to the last leaf, which is stepped; then the operation is completed, by typing the cluster.
  await simulate('fail', '/gc/worker-2', 'no space left on device');
  await operator.open('operation.resume');
  await operator.confirm();
  await app.sees('failed /gc/worker-2');
  await simulate('fix', '/gc/worker-2');
  await operator.open('operation.step');
  await app.sees('Step /gc/worker-2');
  await operator.confirm();
  await app.sees('86/86 leaves');
  await app.sees('Step /gc/worker-2 done');
  await operator.open('operation.complete');
  await operator.confirm('demo.example.com');
  await app.sees('ACTIVE');
  // Leaving a rehearsal ends its cluster and every gravity in it: the one that completes is let come to its end.
  app.press('6');
  await app.sees(/plan complete.*exit 0/);

  app.press('q');
  const { exitCode, screen } = await app.ends();
  expect(exitCode).toBe(0);
  expect(screen).toContain('demo.example.com');
  expectJournalToTellTheStory();
});

async function simulate(...words: string[]): Promise<void> {
  const { exitCode, stderr } = await command(['simulate', ...words, '--dir', dir]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
}

type Entry = {
  kind: string;
  phase?: string;
  from?: string;
  to?: string;
  run?: { action: string; state: string };
};

function expectJournalToTellTheStory(): void {
  const entries = readFileSync(join(dir, 'state', 'journal.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): Entry => JSON.parse(line));
  const runs = entries.flatMap(({ kind, run }) =>
    kind === 'run.changed' && run && ['done', 'failed'].includes(run.state)
      ? [`${run.action} ${run.state}`]
      : [],
  );
  expect(runs).toEqual([
    'operation.step done',
    'operation.resume failed',
    'phase.force done',
    'phase.rollback done',
    'phase.rollback done',
    'operation.resume failed',
    // The clean-up of worker-2 runs there: what it failed with, this node's gravity learns by reconciling.
    'operation.reconcile done',
    'operation.step done',
    'operation.complete done',
  ]);
  const ends = (phase: string) =>
    entries.flatMap((entry) =>
      entry.kind === 'phase.changed' && entry.phase === phase && entry.to !== 'in_progress' ? [entry.to] : [],
    );
  expect(ends('/masters/master-2/drain')).toEqual(['failed', 'completed']);
  expect(ends('/masters/master-3/taint')).toEqual(['failed', 'completed', 'rolled_back', 'completed']);
  expect(ends('/masters/master-3/drain')).toEqual(['completed', 'rolled_back', 'completed']);
}
