import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStatusJson } from '../../src/adapters/gravity/status-json.ts';
import { systemFiles } from '../../src/adapters/system/files.ts';
import { createLedger } from '../../src/agent/ledger.ts';
import { followUnit } from '../../src/agent/run-follow.ts';
import { launchKeeper } from '../../src/agent/run-launch.ts';
import { runDirectory } from '../../src/agent/run-record.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import type { Command, Units } from '../../src/ports.ts';
import type { Run } from '../../src/protocol/run.ts';
import { handClock } from '../driver/hand-clock.ts';
import { recordingText } from '../recordings.ts';

const operationId = '5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d';

const run: Run = {
  id: 'run-1',
  requestId: 'request-1',
  action: 'operation.resume',
  label: 'Resume',
  args: {},
  lane: 'cluster',
  state: 'running',
  steps: [
    { program: 'gravity', path: '/g', argv: ['plan', 'resume'], phase: null, unit: 'gravity-resume.service' },
  ],
  step: 0,
  by: { user: 'ann', from: null, tty: null, console: null },
  reason: null,
  operationId,
  queuedAt: '2026-11-22T11:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  exitCode: null,
  signal: null,
  sentence: null,
  interruptedBy: null,
  outputBytes: 0,
};

type UnitState = Awaited<ReturnType<Units['state']>>;

/**
 * A unit that is active for a while and then in the given state. `before` is the operation's state as read before the
 * unit was started, `operation` as it is read after its end; null: not read.
 */
async function followed(end: UnitState, operation: string | null, before: string | null = null) {
  const clock = handClock();
  const initial = emptyCluster({ kind: 'live', label: null, readOnly: false });
  const store = {
    append: async () => {},
    readAll: async () => ({ lines: 0, torn: false }),
    size: async () => 0,
    trim: async () => null,
    close: async () => {},
  };
  const ledger = await createLedger({ clock, epoch: 'e', store, initial });
  const active: UnitState = { active: 'active', result: 'success', exitCode: null, mainPid: 7 };
  const units: Units = {
    available: async () => true,
    start: async () => ({ ok: true }),
    state: async () => (clock.monotonic() < 60_000 ? active : end),
  };
  const readStatus = (state: string | null, at: number) => {
    const seen = new Date(at).toISOString();
    const reading = readStatusJson(recordingText('story/09-status-json-failed.stdout'));
    if (!reading.ok || state === null) return;
    const [first] = reading.value.activeOperations;
    const activeOperations = first === undefined ? [] : [{ ...first, state }];
    ledger.record({ kind: 'status.read', seen, status: { ...reading.value, activeOperations } });
    ledger.refresh('status', seen);
  };
  readStatus(before, clock.now());
  clock.after(85_000, () => readStatus(operation, clock.now()));
  let verdict: Awaited<ReturnType<typeof followUnit>> | null = null;
  void followUnit({ clock, units, ledger }, run, 'gravity-resume.service', () => false).then((told) => {
    verdict = told;
  });
  await clock.advance(50_000);
  expect(verdict).toBeNull();
  await clock.until(() => verdict !== null);
  return verdict;
}

describe('a run left to a systemd unit', () => {
  const ended = (result: string): UnitState => ({ active: 'inactive', result, exitCode: 0, mainPid: null });
  const ends: {
    title: string;
    end: UnitState;
    before?: string;
    operation: string | null;
    state: Run['state'];
  }[] = [
    {
      title: 'is done when its operation is completed, although an earlier resume of it had failed',
      end: ended('success'),
      before: 'failed',
      operation: 'completed',
      state: 'done',
    },
    {
      title: 'failed when the operation is read as failed again',
      end: ended('exit-code'),
      before: 'failed',
      operation: 'failed',
      state: 'failed',
    },
    {
      title: 'is unknown where the only reading of its operation is older than its end',
      end: ended('success'),
      before: 'failed',
      operation: null,
      state: 'unknown',
    },
    {
      title: 'is done when its operation is completed',
      end: ended('success'),
      operation: 'completed',
      state: 'done',
    },
    {
      title: 'failed when its operation failed',
      end: ended('success'),
      operation: 'failed',
      state: 'failed',
    },
    {
      title: 'failed when the unit did and the operation goes on',
      end: ended('exit-code'),
      operation: 'update_in_progress',
      state: 'failed',
    },
    {
      title: 'is unknown when the unit ended well and the operation goes on',
      end: ended('success'),
      operation: 'update_in_progress',
      state: 'unknown',
    },
    { title: 'is unknown when neither can be read', end: null, operation: null, state: 'unknown' },
    { title: 'is done by the operation alone', end: null, operation: 'completed', state: 'done' },
  ];
  for (const { title, end, before, operation, state } of ends)
    it(title, async () => {
      expect(await followed(end, operation, before)).toMatchObject({ state });
    });
});

describe('with systemd', () => {
  it('the keeper is started in a transient unit of its own, with our environment', async () => {
    const started: { unit: string; command: Command }[] = [];
    const stateDir = mkdtempSync(join(tmpdir(), 'gc-launch-'));
    const dir = runDirectory(stateDir, 'run-1');
    mkdirSync(dir, { recursive: true });
    const units: Units = {
      available: async () => true,
      state: async () => null,
      start: async (unit, command) => {
        started.push({ unit, command });
        return { ok: true };
      },
    };
    const world = {
      files: systemFiles(),
      units,
      useUnits: true,
      stateDir,
      processes: { startDetached: () => Promise.reject(new Error('not this way')) },
      env: { get: () => undefined, all: () => ({ LANG: 'C' }) },
      ourselves: (argv: readonly string[]) => ({ path: '/us', argv }),
    };
    expect(await launchKeeper(world, dir, run)).toEqual({ pid: null });
    expect(started).toEqual([
      {
        unit: 'gravity-console-run-run-1',
        command: { path: '/us', argv: ['keep', dir], cwd: `${stateDir}/work`, env: { LANG: 'C' } },
      },
    ]);
    expect(JSON.parse(readFileSync(join(dir, 'steps.json'), 'utf8'))).toEqual({
      steps: [{ path: '/g', argv: ['plan', 'resume'], cwd: `${stateDir}/work` }],
    });
  });
});
