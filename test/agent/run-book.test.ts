import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemFiles } from '../../src/adapters/system/files.ts';
import { createLedger } from '../../src/agent/ledger.ts';
import { createRunBook } from '../../src/agent/run-book.ts';
import type { RunRecord } from '../../src/agent/run-record.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import type { Files } from '../../src/ports.ts';
import type { Run } from '../../src/protocol/run.ts';
import { handClock } from '../driver/hand-clock.ts';

const quiet = { info() {}, warn() {}, error() {} };

function record(id: string, part: Partial<Run> = {}): RunRecord {
  const run: Run = {
    id,
    requestId: `request-${id}`,
    action: 'phase.execute',
    label: 'Execute',
    args: {},
    lane: 'cluster',
    state: 'running',
    steps: [],
    step: 0,
    by: { user: 'ann', from: null, tty: null, console: null },
    reason: null,
    operationId: null,
    queuedAt: `2026-11-22T11:00:${id}.000Z`,
    startedAt: null,
    finishedAt: null,
    exitCode: null,
    signal: null,
    sentence: null,
    interruptedBy: null,
    outputBytes: 0,
    ...part,
  };
  return { judgementId: 'j', digest: 'd', wheelTaken: false, run };
}

async function bookIn(stateDir: string, files: Files = systemFiles()) {
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
  return { ledger, book: createRunBook({ clock, files, ledger, log: quiet, stateDir }) };
}

const freshDirectory = () => mkdtempSync(join(tmpdir(), 'gc-book-'));

describe('the book of runs', () => {
  it('is there again in the next life, newest first, and found by request', async () => {
    const dir = freshDirectory();
    const { book } = await bookIn(dir);
    for (const id of ['01', '02']) await book.add(record(id));
    await book.change('01', { state: 'failed', sentence: 'no' });
    const later = await bookIn(dir);
    await later.book.load();
    expect(later.book.all().map(({ run }) => [run.id, run.state])).toEqual([
      ['02', 'running'],
      ['01', 'failed'],
    ]);
    expect(later.book.byRequest('request-01')).toMatchObject({ judgementId: 'j', run: { sentence: 'no' } });
    expect(later.ledger.state().runs.map(({ id }) => id)).toEqual(['02', '01']);
  });

  it('lets the oldest runs that are over go when they take too much room, and never one that is on', async () => {
    const dir = freshDirectory();
    const { book } = await bookIn(dir);
    const outputBytes = 60 * 1024 * 1024;
    for (const id of ['01', '02', '03', '04']) await book.add(record(id, { outputBytes }));
    for (const id of ['02', '03', '04']) await book.change(id, { state: 'done' });
    expect(book.all().map(({ run }) => run.id)).toEqual(['04', '03', '01']);
    expect(existsSync(join(dir, 'runs/02'))).toBe(false);
    expect(existsSync(join(dir, 'runs/01/run.json'))).toBe(true);
  });

  it('does not take a run the disk does not take, and goes on with one it took', async () => {
    let full = false;
    const real = systemFiles();
    const files: Files = {
      ...real,
      write: async (path, content) => {
        if (full) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
        await real.write(path, content);
      },
    };
    const { book, ledger } = await bookIn(freshDirectory(), files);
    await book.add(record('01'));
    full = true;
    await expect(book.add(record('02'))).rejects.toThrow('no space left');
    expect(book.find('02')).toBeNull();
    await book.change('01', { state: 'done' });
    expect(ledger.state().runs.map(({ id, state }) => [id, state])).toEqual([['01', 'done']]);
  });
});
