import type { Finished } from '../../ports.ts';
import { clean, cleanLine } from '../../protocol/clean.ts';
import { type ProblemCode, type Reading, unread } from '../../protocol/problem.ts';
import { errorCode } from './error-code.ts';
import { gravityError } from './gravity-error.ts';

/**
 * What a finished `gravity` answered. `name` names the command in sentences (`gravity plan`). Standard output that can
 * be read is an answer whatever the exit code: 255 with a full status is one (client-facts 4), so is the table of
 * `agent status` with an agent offline. Otherwise gravity's own error speaks, then the reader's.
 */
export function readAnswer<T>(
  finished: Finished,
  name: string,
  read: (stdout: string) => Reading<T>,
): Reading<T> {
  const broken = brokenRun(finished, name);
  if (broken !== null) return broken;
  const stdout = new TextDecoder().decode(finished.stdout);
  const stderr = new TextDecoder().decode(finished.stderr);
  const answer = stdout.trim() === '' ? null : read(stdout);
  if (answer?.ok) return answer;
  if (finished.exitCode !== 0) return failed(stderr, name, finished.exitCode);
  return answer ?? unread('answer.empty', `${name} ended well and printed nothing`);
}

/** A run that never came to an answer: not started, killed, hung, flooded. */
function brokenRun(finished: Finished, name: string): Reading<never> | null {
  const detail = finished.detail === null ? '' : `: ${cleanLine(finished.detail)}`;
  const outcomes: Record<Finished['outcome'], [ProblemCode, string] | null> = {
    exited: null,
    signalled: ['binary.killed', `${name} was killed by ${finished.signal ?? 'a signal'}`],
    'timed-out': ['binary.hangs', `${name} gave no answer in ${Math.round(finished.durationMs / 1000)} s`],
    overflowed: ['answer.too-large', `${name} printed more than is read`],
    missing: ['binary.missing', `${name} could not be run: the file is not there${detail}`],
    'not-executable': [
      'binary.not-executable',
      `${name} could not be run: the file is not executable${detail}`,
    ],
    failed: ['gravity.error', `${name} could not be started${detail}`],
  };
  const broken = outcomes[finished.outcome] ?? killedExit(finished, name);
  return broken === null ? null : unread(...broken);
}

/** A shell or `timeout` between us and gravity turns a signal into 128 and its number. */
function killedExit({ exitCode, stderr }: Finished, name: string): [ProblemCode, string] | null {
  if (exitCode !== null && [129, 130, 137, 143].includes(exitCode)) {
    return ['binary.killed', `${name} was killed by signal ${exitCode - 128}`];
  }
  const panic = exitCode === 2 ? panicLine(new TextDecoder().decode(stderr)) : null;
  return panic === null ? null : ['binary.panicked', `${name} crashed: ${panic}`];
}

/** A Go panic ends with code 2 and its stack on standard error (client-facts 1 and 19). */
function panicLine(stderr: string): string | null {
  const lines = clean(stderr).split('\n');
  const first = lines.find((line) => /^(panic|fatal error):/.test(line));
  return first?.slice(0, 300) ?? (lines.some((line) => /^goroutine \d+ \[/.test(line)) ? 'a Go panic' : null);
}

function failed(stderr: string, name: string, exitCode: number | null): Reading<never> {
  if (stderr.trim() === '')
    return unread('gravity.error', `${name} failed with exit code ${exitCode} and no error`);
  const { sentence, cause } = gravityError(stderr);
  return unread(errorCode([sentence, ...cause].join('\n')), `${name}: ${sentence}`);
}
