import * as v from 'valibot';

/** The API's errors, one row each: HTTP status, audience, and the exit code a one-shot command ends with. */
export const failures = {
  'request.malformed': {
    status: 400,
    audience: 'outside',
    exit: 2,
    nextStep: 'send JSON as docs/api.md says',
  },
  'request.unknown-route': {
    status: 404,
    audience: 'outside',
    exit: 1,
    nextStep: 'see GET /v1/openapi.json',
  },
  'request.method': { status: 405, audience: 'outside', exit: 1, nextStep: 'see GET /v1/openapi.json' },
  'request.too-large': { status: 413, audience: 'outside', exit: 2, nextStep: 'send less' },
  'run.unknown': {
    status: 404,
    audience: 'operator',
    exit: 2,
    nextStep: 'list the runs: gravity-console runs',
  },
  'run.not-lent': {
    status: 409,
    audience: 'operator',
    exit: 4,
    nextStep: 'look at it: gravity-console runs',
  },
  'action.unknown': {
    status: 422,
    audience: 'operator',
    exit: 2,
    nextStep: 'list the actions: gravity-console do --help',
  },
  'action.bad-args': {
    status: 422,
    audience: 'operator',
    exit: 2,
    nextStep: 'see gravity-console do ACTION --help',
  },
  'action.refused': {
    status: 403,
    audience: 'operator',
    exit: 4,
    nextStep: 'do what the sentence says, then try again',
  },
  'action.viewer': {
    status: 403,
    audience: 'operator',
    exit: 4,
    nextStep: 'use the operator socket as root',
  },
  'action.read-only': {
    status: 403,
    audience: 'operator',
    exit: 4,
    nextStep: 'start the agent without --read-only',
  },
  'action.not-local': {
    status: 403,
    audience: 'operator',
    exit: 4,
    nextStep: 'run it on the node itself, as root',
  },
  'wheel.held': {
    status: 403,
    audience: 'operator',
    exit: 4,
    nextStep: 'take control (wheel.take), giving a reason',
  },
  'judgement.unknown': { status: 409, audience: 'operator', exit: 4, nextStep: 'judge again' },
  'judgement.changed': {
    status: 409,
    audience: 'operator',
    exit: 4,
    nextStep: 'look at what changed and confirm again',
  },
  'word.wrong': {
    status: 422,
    audience: 'operator',
    exit: 4,
    nextStep: 'type the word the confirmation names',
  },
  'reason.missing': { status: 422, audience: 'operator', exit: 4, nextStep: 'give a reason' },
  'request.reused': {
    status: 409,
    audience: 'outside',
    exit: 1,
    nextStep: 'use a new requestId for another judgement',
  },
  'queue.full': { status: 403, audience: 'operator', exit: 4, nextStep: 'wait for the run that is on' },
  'agent.failed': { status: 500, audience: 'bug', exit: 1, nextStep: 'look into the agent’s log' },
} as const satisfies Record<
  string,
  { status: number; audience: 'operator' | 'outside' | 'bug'; exit: number; nextStep: string }
>;

export type FailureCode = keyof typeof failures;

export const FailureSchema = v.object({
  error: v.object({
    code: v.string(),
    message: v.string(),
    nextStep: v.string(),
    difference: v.optional(v.array(v.string())),
  }),
});
export type FailureBody = v.InferOutput<typeof FailureSchema>;
