import type { Run } from '../../src/protocol/run.ts';

/** The run of an operator's `plan resume --block`, under way since `startedAt`. */
export function resumeRun(startedAt: string): Run {
  return {
    id: 'resume',
    requestId: 'resume',
    action: 'operation.resume',
    label: 'Resume',
    args: {},
    lane: 'cluster',
    state: 'running',
    steps: [{ program: 'gravity', path: '/bench/gravity', argv: ['plan', 'resume', '--block'], phase: null }],
    step: 0,
    by: { user: 'root', from: null, tty: null, console: null },
    reason: null,
    operationId: null,
    queuedAt: startedAt,
    startedAt,
    finishedAt: null,
    exitCode: null,
    signal: null,
    sentence: null,
    interruptedBy: null,
    outputBytes: 0,
  };
}
