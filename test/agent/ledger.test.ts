import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPlanJson } from '../../src/adapters/gravity/plan-json.ts';
import { openStore } from '../../src/adapters/system/store.ts';
import type { NumberedEvent } from '../../src/agent/contracts.ts';
import { createLedger } from '../../src/agent/ledger.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { fold } from '../../src/model/fold.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { Plan } from '../../src/protocol/plan.ts';
import { handClock } from '../driver/hand-clock.ts';
import { memoryStore } from '../driver/memory-store.ts';
import { recordingText } from '../recordings.ts';

const seen = '2026-11-22T11:10:00.000Z';
const initial = emptyCluster({ kind: 'live', label: null, readOnly: false, units: 'none' });
const plan = planOf('plans/fresh-3m.json');

describe('the stream', () => {
  test('who folds the events has the state of the ledger', async () => {
    const { ledger } = await open();
    const { state } = ledger.snapshot();
    const heard: NumberedEvent[] = [];
    ledger.subscribe((event) => heard.push(event));
    ledger.record(read(), changed('/checks', 'in_progress'), changed('/checks', 'completed'));
    expect(heard.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(heard.reduce((cluster, { event }) => fold(cluster, event), state)).toEqual(ledger.state());
  });

  test('a reader that was away gets what it missed, or else is sent a snapshot', async () => {
    const { ledger } = await open();
    ledger.record(read(), changed('/checks', 'in_progress'));
    const missed = ledger.since({ epoch: 'one', seq: 1 });
    expect(missed?.map(({ event }) => event.kind)).toEqual(['phase.changed']);
    expect(ledger.since({ epoch: 'one', seq: 2 })).toEqual([]);
    expect(ledger.since({ epoch: 'another', seq: 1 })).toBeNull();
    expect(ledger.since({ epoch: 'one', seq: 3 })).toBeNull();
    for (let round = 0; round < 6000; round += 1)
      ledger.record(changed('/checks', round % 2 === 0 ? 'failed' : 'in_progress'));
    expect(ledger.since({ epoch: 'one', seq: 2 })).toBeNull();
    expect(ledger.since({ epoch: 'one', seq: 5000 })).toHaveLength(1002);
  });

  test('an older age never replaces a newer one', async () => {
    const { ledger } = await open();
    ledger.refresh('plan', '2026-11-22T11:10:05.000Z');
    ledger.refresh('plan', seen);
    expect(ledger.state().sources.plan.lastGood).toBe('2026-11-22T11:10:05.000Z');
    expect(ledger.position().seq).toBe(0);
  });
});

describe('the journal', () => {
  test('tells a source only when its state or its problem changed', async () => {
    const { ledger, clock, store } = await open();
    const source = (state: 'good' | 'failing', lastGood: string): Event => ({
      kind: 'source.changed',
      seen,
      source: { source: 'plan', state, at: lastGood, lastGood, failures: 0, problem: null, remarks: [] },
    });
    ledger.record(source('good', seen), source('good', '2026-11-22T11:10:05.000Z'), source('failing', seen));
    await clock.settle();
    expect(kinds(store.lines)).toEqual(['source.changed', 'source.changed']);
  });

  test('numbers go on across lives, and the epoch tells them apart', async () => {
    const first = await open();
    first.ledger.record(read(), changed('/checks', 'in_progress'));
    await first.ledger.close();
    const second = await open(first.store.lines, 'two');
    second.ledger.record(changed('/checks', 'completed'));
    await second.clock.settle();
    const { entries, next, more } = await second.ledger.journalPage(0, 100);
    expect(entries.map(({ n, epoch }) => [n, epoch])).toEqual([
      [1, 'one'],
      [2, 'one'],
      [3, 'two'],
    ]);
    expect([next, more]).toEqual([3, false]);
  });

  test('the next life knows the plan and what was seen of it, so nothing is told twice', async () => {
    const first = await open();
    first.ledger.record(read(), changed('/checks', 'in_progress'), changed('/checks', 'completed'));
    await first.ledger.close();
    const second = await open(first.store.lines, 'two');
    expect(second.ledger.state().plan).toEqual(first.ledger.state().plan);
    expect(second.ledger.state().passages).toEqual(first.ledger.state().passages);
    expect(second.ledger.state().sources.plan).toMatchObject({ state: 'never', lastGood: seen });
  });

  test('pages reach back to entries long out of memory', async () => {
    const { ledger, clock } = await open();
    ledger.record(read());
    for (let round = 0; round < 6000; round += 1)
      ledger.record(changed('/checks', round % 2 === 0 ? 'failed' : 'in_progress'));
    await clock.until(() => ledger.journalLag() === 0);
    const page = await ledger.journalPage(10, 5);
    expect(page.entries.map(({ n }) => n)).toEqual([11, 12, 13, 14, 15]);
    expect([page.next, page.more]).toEqual([15, true]);
    expect((await ledger.journalPage(5999, 5)).entries.map(({ n }) => n)).toEqual([6000, 6001]);
  });

  test('that takes too much room drops its oldest entries and says up to which, in this life and the next', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'gc-journal-'));
    const clock = handClock();
    const life = async (epoch: string) =>
      createLedger({
        clock,
        epoch,
        store: await openStore(join(dir, 'journal.jsonl')),
        initial,
        journalBytes: 100_000,
      });
    const first = await life('one');
    for (let round = 0; round < 6000; round += 1)
      first.record(changed('/checks', round % 2 === 0 ? 'failed' : 'in_progress'));
    await first.close();
    const second = await life('two');
    const { entries } = await second.journalPage(0, 10_000);
    const numbers = entries.map(({ n }) => n);
    const upTo = entries.findLast(({ kind }) => kind === 'journal.dropped')?.['upTo'];
    expect(numbers[0]).toBe(Number(upTo) + 1);
    expect(numbers).toEqual(numbers.map((_, index) => Number(upTo) + 1 + index));
    second.record(changed('/checks', 'completed'));
    expect((await second.journalPage(numbers.at(-1) ?? 0, 10)).entries).toMatchObject([
      { n: (numbers.at(-1) ?? 0) + 1, to: 'completed', epoch: 'two' },
    ]);
    await second.close();
    expect(readdirSync(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0)).toBeLessThan(
      125_000,
    );
    rmSync(dir, { recursive: true });
  });

  test('a failing disk loses nothing: entries wait, and go out in order', async () => {
    const { ledger, clock, store } = await open();
    store.broken = true;
    ledger.record(read(), changed('/checks', 'in_progress'), changed('/checks', 'completed'));
    await clock.advance(60_000);
    expect(ledger.journalLag()).toBe(3);
    store.broken = false;
    await clock.advance(60_000);
    expect(ledger.journalLag()).toBe(0);
    expect(kinds(store.lines)).toEqual(['plan.read', 'phase.changed', 'phase.changed']);
  });

  test('what cannot wait any longer is counted, and the count is written', async () => {
    const { ledger, clock, store } = await open();
    store.broken = true;
    ledger.record(read());
    await clock.settle();
    for (let round = 0; round < 5_100; round += 1)
      ledger.record(changed('/checks', round % 2 === 0 ? 'failed' : 'in_progress'));
    store.broken = false;
    await clock.advance(60_000);
    ledger.record(changed('/checks', 'completed'));
    await clock.settle();
    const gap = store.lines.map((line) => JSON.parse(line)).find(({ kind }) => kind === 'journal.gap');
    expect(gap.lost).toBe(101);
    expect(store.lines).toHaveLength(5_002);
  });

  test('brings back what an operator set and what earlier operations took, in the next life of the agent', async () => {
    const { ledger, clock, store } = await open();
    const { id: operation } = plan.operation;
    const later = '2026-11-22T11:10:41.000Z';
    const by = { user: 'ann', from: null, tty: null, console: 'c1' };
    const about = { operation, by, set: seen, phase: '/checks', seconds: null, at: null } as const;
    const breakpoint = { ...about, id: 'phase:/checks', on: 'phase' } as const;
    const another = { ...plan, operation: { ...plan.operation, id: 'another' } };
    ledger.record(
      { kind: 'plan.read', seen, plan: another },
      { ...changed('/checks', 'in_progress'), operation: 'another' },
      { ...changed('/checks', 'completed'), operation: 'another', seen: later, at: later },
      read(),
      { kind: 'breakpoint.set', seen, breakpoint },
      { kind: 'note.written', seen, note: { operation, phase: '/checks', text: 'looked', by, at: seen } },
      read(),
    );
    await clock.settle();
    const second = await open(store.lines, 'two');
    const { breakpoints, notes, earlier } = second.ledger.state();
    expect({ breakpoints, notes, earlier }).toEqual({
      breakpoints: ledger.state().breakpoints,
      notes: ledger.state().notes,
      earlier: ledger.state().earlier,
    });
    expect(earlier).toMatchObject([{ operation: 'another', phase: '/checks', ms: 41_000 }]);
    expect(breakpoints).toHaveLength(1);
  });

  test('foreign lines are passed over and told once', async () => {
    const lines = ['{"n":1,"epoch":"one","kind":"agent.sto', 'not json'];
    const first = await open(lines, 'two');
    await first.clock.settle();
    const second = await open(first.store.lines, 'three');
    await second.clock.settle();
    expect(kinds(second.store.lines.slice(2))).toEqual(['journal.damaged']);
  });

  test('closes although the disk never recovers', async () => {
    const { ledger, clock, store } = await open();
    store.broken = true;
    ledger.record(read());
    await clock.settle();
    await ledger.close();
    expect(store.lines).toEqual([]);
  });
});

async function open(lines: string[] = [], epoch = 'one') {
  const clock = handClock();
  const store = memoryStore(lines);
  return { clock, store, ledger: await createLedger({ clock, epoch, store, initial }) };
}

function read(): Event {
  return { kind: 'plan.read', seen, plan };
}

function changed(
  phase: string,
  to: 'in_progress' | 'completed' | 'failed',
): Extract<Event, { kind: 'phase.changed' }> {
  const from = to === 'in_progress' ? 'unstarted' : 'in_progress';
  return {
    kind: 'phase.changed',
    seen,
    operation: plan.operation.id,
    phase,
    from,
    to,
    at: seen,
    error: null,
  };
}

function kinds(lines: readonly string[]): string[] {
  return lines.map((line) => JSON.parse(line).kind);
}

function planOf(name: string): Plan {
  const reading = readPlanJson(recordingText(name));
  if (!reading.ok) throw new Error(reading.problem.sentence);
  return reading.value;
}
