import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readAnswer } from '../../../src/adapters/gravity/read-answer.ts';
import { readStatusJson } from '../../../src/adapters/gravity/status-json.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { systemProcesses } from '../../../src/adapters/system/processes.ts';
import { recording } from '../../recordings.ts';

/** Real programs named gravity, each as broken as one can be on a master. */
const folder = mkdtempSync(join(tmpdir(), 'gc-gravity-'));
const status = join(folder, 'status.json');
writeFileSync(status, recording('cli/status-json-upgrade-degraded.stdout'));
afterAll(() => rmSync(folder, { recursive: true }));

const limits = { timeoutMs: 5_000, maxBytes: 100_000 };

const programs: [
  string,
  { script: string | null; mode?: number; limits?: Partial<typeof limits> },
  string,
][] = [
  [
    'prints a degraded status and exits 255',
    { script: `cat ${status}; echo '[ERROR]: degraded' >&2; exit 255` },
    'an answer',
  ],
  ['prints half a status', { script: `head -c 200 ${status}` }, 'answer.truncated'],
  ['prints nothing', { script: 'exit 0' }, 'answer.empty'],
  [
    'prints its error alone',
    { script: `printf '\\033[31m[ERROR]: this command should be run as root\\n\\033[0m' >&2; exit 255` },
    'gravity.not-root',
  ],
  ['crashes as Go does', { script: 'echo "panic: getwd" >&2; exit 2' }, 'binary.panicked'],
  ['is killed', { script: 'kill -9 $$' }, 'binary.killed'],
  ['hangs', { script: 'sleep 60', limits: { timeoutMs: 200 } }, 'binary.hangs'],
  ['prints without end', { script: 'yes', limits: { maxBytes: 10_000 } }, 'answer.too-large'],
  ['is not executable', { script: 'exit 0', mode: 0o644 }, 'binary.not-executable'],
  ['is not there', { script: null }, 'binary.missing'],
];

for (const [index, [name, { script, mode = 0o755, limits: own }, expected]] of programs.entries()) {
  test(`a gravity that ${name} is ${expected}`, async () => {
    const path = join(folder, `gravity-${index}`);
    if (script !== null) writeFileSync(path, `#!/bin/sh\n${script}\n`);
    if (script !== null) chmodSync(path, mode);
    const command = { path, argv: ['status', '--output=json'], cwd: folder };
    const finished = await systemProcesses(systemClock()).run(command, { ...limits, ...own });
    const reading = readAnswer(finished, 'gravity status', readStatusJson);
    expect(reading.ok ? 'an answer' : reading.problem.code).toBe(expected);
  });
}
