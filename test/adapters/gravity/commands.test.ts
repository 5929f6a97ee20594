import { expect, test } from 'vitest';
import { readAgentStatus } from '../../../src/adapters/gravity/agent-status.ts';
import { gravityError } from '../../../src/adapters/gravity/gravity-error.ts';
import { readHistoryText } from '../../../src/adapters/gravity/history-text.ts';
import { readOperations } from '../../../src/adapters/gravity/operations.ts';
import { readPlanJson } from '../../../src/adapters/gravity/plan-json.ts';
import { readPlanText } from '../../../src/adapters/gravity/plan-text.ts';
import { readProgressLine } from '../../../src/adapters/gravity/progress-line.ts';
import { readAnswer } from '../../../src/adapters/gravity/read-answer.ts';
import { readRegistryList } from '../../../src/adapters/gravity/registry-list.ts';
import { readStatusJson } from '../../../src/adapters/gravity/status-json.ts';
import { readStatusText } from '../../../src/adapters/gravity/status-text.ts';
import { readVersion } from '../../../src/adapters/gravity/version.ts';
import type { Reading } from '../../../src/protocol/problem.ts';
import { recordings, recordingText } from '../../recordings.ts';
import { recordedCommands } from '../finished.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const commands = [...recordedCommands('cli'), ...recordedCommands('story')];
const controls = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

/** The reader of a command's output, by its argv; the first that fits. */
const readers: [RegExp, (text: string) => Reading<unknown>][] = [
  [/ (plan|plan display) .*--output=json/, readPlanJson],
  [/ plan( --output=(text|short)| --short)?$/, (text) => readPlanText(text, now)],
  [/ status .*--output=json/, readStatusJson],
  [/ status( --output=yaml| --operation-id=nosuch)?$/, (text) => readStatusText(text, now)],
  [/ status history$/, readHistoryText],
  [/ resource get operation /, (text) => readOperations(text, now)],
  [/ agent status$/, readAgentStatus],
  [/ registry list$/, readRegistryList],
  [/ version /, readVersion],
];

/** What a command that gave no answer is told to be; every other one with a reader gave one. */
const failures: Record<string, string> = {
  'status-quiet': 'answer.empty',
  'active-plan-json': 'gravity.no-plan',
  'active-agent-status': 'gravity.api-unreachable',
  'active-resource-get-json': 'gravity.api-unreachable',
  'active-registry-list': 'gravity.api-unreachable',
  'satdown-history': 'gravity.api-unreachable',
  'nonroot-plan': 'gravity.not-root',
  'nonroot-status': 'gravity.not-root',
  'bare-status': 'gravity.no-cluster',
  'bare-status-json': 'gravity.no-cluster',
  'bare-plan': 'gravity.no-operation',
  'bare-history': 'gravity.no-cluster',
};

for (const { folder, name, argv, finished } of commands) {
  const reader = readers.find(([pattern]) => pattern.test(argv.replace(/ \(.*$/, '')))?.[1];
  if (reader === undefined) continue;
  test(`${folder}/${name} (${argv}) is ${failures[name] ?? 'an answer'}`, () => {
    const reading = readAnswer(finished, 'gravity', reader);
    expect(reading.ok ? 'an answer' : reading.problem.code).toBe(failures[name] ?? 'an answer');
    expect(JSON.stringify(reading)).not.toMatch(/\\u00|f0f0f0f0f0/);
    if (!reading.ok) expect(reading.problem.sentence).toMatch(/^[^\n]{1,500}$/);
  });
}

test('every recorded error ends in one clean sentence, which is the first line gravity printed', () => {
  const failed = commands.filter(({ finished }) => finished.exitCode === 255);
  for (const { name, finished } of failed) {
    const stderr = Buffer.from(finished.stderr).toString();
    const { sentence, cause } = gravityError(stderr);
    expect(sentence, name).toMatch(/^\S[^\n]{1,400}$/);
    expect([sentence, ...cause].join(''), name).not.toMatch(controls);
    expect(sentence, name).not.toContain('[ERROR]');
  }
});

test('every line that a recorded command printed while it worked is told what it is', () => {
  const working = commands.filter(({ argv }) => /(execute|resume|rollback|--tail)/.test(argv));
  for (const { name, finished } of working) {
    for (const line of Buffer.from(finished.stdout).toString().split('\n')) {
      const read = readProgressLine(line);
      expect(JSON.stringify(read), name).not.toMatch(/\\u001b/);
      if (/^(Executing|Rolling|\[DRY)/.test(line)) expect(read.kind, line).not.toBe('text');
      if (line.startsWith('operation(')) expect(read.kind, line).toBe('plan-finished');
      if (line.includes('] Phase ')) expect(read.kind, line).toBe('tail');
    }
  }
});

test('the one command without a line in the index, a killed coordinator, left its progress and the word of a shell', () => {
  const indexed = new Set(commands.map(({ folder, name }) => `${folder}/${name}`));
  const loose = [...recordings('cli'), ...recordings('story')].filter(
    (path) => /\.std(out|err)$/.test(path) && !indexed.has(path.replace(/\.std\w+$/, '')),
  );
  expect(loose).toEqual(['story/60-killed.stderr', 'story/60-killed.stdout']);
  const [first = ''] = recordingText('story/60-killed.stdout').split('\n');
  expect(readProgressLine(first)).toMatchObject({ kind: 'executing' });
  expect(gravityError(recordingText('story/60-killed.stderr')).sentence).toContain('Killed');
});
