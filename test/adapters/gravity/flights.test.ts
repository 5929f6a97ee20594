import { expect, test } from 'vitest';
import { gravityError } from '../../../src/adapters/gravity/gravity-error.ts';
import { readHistoryText } from '../../../src/adapters/gravity/history-text.ts';
import { readPlan } from '../../../src/adapters/gravity/plan.ts';
import { readPlanJson } from '../../../src/adapters/gravity/plan-json.ts';
import { readProgressLine } from '../../../src/adapters/gravity/progress-line.ts';
import { readAnswer } from '../../../src/adapters/gravity/read-answer.ts';
import { readStatusJson } from '../../../src/adapters/gravity/status-json.ts';
import { recordings, recordingText } from '../../recordings.ts';
import { exited } from '../finished.ts';

const flights = [...new Set(recordings('flights').map((path) => path.split('/')[1] ?? ''))];
const scripts = recordings('engine').filter(
  (path) => path.endsWith('.plan.json') || /random\/plan-/.test(path),
);
const now = Date.parse('2026-11-22T12:00:00Z');

function rows(path: string): Record<string, unknown>[] {
  return recordingText(path)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

type Changed = { state?: string; updated?: string };

for (const flight of flights) {
  const folder = `flights/${flight}`;

  test(`${flight}: after every frame each leaf reads as the frame says`, () => {
    const document = JSON.parse(recordingText(`${folder}/plan.json`));
    const leaves = new Map(leavesIn(document.phases));
    for (const { t, phases } of rows(`${folder}/frames.jsonl`)) {
      for (const [id, changed] of Object.entries((phases ?? {}) as Record<string, Changed>)) {
        const { state, updated, error, ...rest } = leaves.get(id) ?? {};
        for (const key of Object.keys(leaves.get(id) ?? {})) delete leaves.get(id)?.[key];
        Object.assign(leaves.get(id) ?? {}, rest, changed);
      }
      const reading = readPlanJson(JSON.stringify(document));
      if (!reading.ok) throw new Error(`${t}: ${reading.problem.sentence}`);
      for (const [id, changed] of Object.entries((phases ?? {}) as Record<string, Changed>)) {
        const phase = reading.value.phases.find((candidate) => candidate.id === id);
        expect(phase?.state, id).toBe(changed.state ?? 'unstarted');
      }
    }
  });

  test(`${flight}: every status is an answer, whatever its exit code`, () => {
    const statuses = rows(`${folder}/frames.jsonl`).flatMap(({ status }) => status ?? []) as {
      rc: number;
      json: { cluster: { state: string } };
    }[];
    for (const { rc, json } of statuses) {
      const finished = exited(rc, JSON.stringify(json), rc === 0 ? '' : '\x1b[31m[ERROR]: degraded\n\x1b[0m');
      expect(readAnswer(finished, 'gravity status', readStatusJson)).toMatchObject({
        ok: true,
        value: { state: json.cluster.state },
      });
    }
  });

  test(`${flight}: its history and the commands flown are read`, () => {
    // Where no health agent stood behind it, gravity printed nothing, which is no history.
    const history = recordingText(`${folder}/history.txt`);
    expect(readHistoryText(history)).toMatchObject(
      history === '' ? { ok: false } : { ok: true, remarks: [] },
    );
    for (const { rc, stdout, stderr } of rows(`${folder}/commands.jsonl`)) {
      if (rc === 255) expect(gravityError(String(stderr)).sentence).toMatch(/^[^\n\x1b]{3,}$/);
      const kinds = String(stdout)
        .split('\n')
        .map((line) => readProgressLine(line).kind);
      expect(kinds.length).toBeGreaterThan(0);
    }
  });
}

function leavesIn(phases: Record<string, unknown>[]): [string, Record<string, unknown>][] {
  return phases.flatMap((phase) =>
    Array.isArray(phase['phases']) ? leavesIn(phase['phases']) : [[String(phase['id']), phase] as const],
  ) as [string, Record<string, unknown>][];
}

for (const path of scripts) {
  test(`${path} is a plan`, () => {
    expect(readPlanJson(recordingText(path)).ok).toBe(true);
  });
}

const shows = recordings('engine').filter((path) => /engine\/\d\d-[\w-]+\.json$/.test(path));

for (const path of shows) {
  test(`every plan shown in ${path} is read, with the states its changes add up to`, async () => {
    const start = readPlanJson(recordingText(path.replace('.json', '.plan.json')));
    if (!start.ok) throw new Error(start.problem.sentence);
    const states = new Map(start.value.phases.map(({ id, state }) => [id, String(state)]));
    for (const entry of JSON.parse(recordingText(path)) as Entry[]) {
      for (const [id, change] of Object.entries(entry.changed_states ?? {}))
        states.set(id, change.split(' -> ')[1] ?? '');
      if (!entry.command.startsWith('show')) continue;
      const shown = await readPlan(Buffer.from(entry.stdout), now);
      if (!shown.ok) throw new Error(shown.problem.sentence);
      expect(new Map(shown.value.phases.map(({ id, state }) => [id, String(state)]))).toEqual(states);
    }
  });

  test(`every refusal in ${path} is one sentence, the user message’s first line`, () => {
    for (const { stderr, user_message: message } of JSON.parse(recordingText(path)) as Entry[]) {
      if (!stderr?.includes('[ERROR]') || !message) continue;
      expect(gravityError(stderr).sentence).toBe(gravityError(`[ERROR]: ${message}`).sentence);
    }
  });
}

type Entry = {
  command: string;
  stdout: string;
  stderr: string | null;
  user_message: string | null;
  changed_states: Record<string, string> | null;
};
