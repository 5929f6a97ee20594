import * as v from 'valibot';

/**
 * Everything that can be wrong with an answer from outside, one row each. `audience`: operator – they can act;
 * outside – the cluster or a program failed; bug – ours. `nextStep` is what to do about it, in the imperative.
 */
export const problems = {
  'binary.missing': { audience: 'operator', nextStep: 'pass --gravity PATH, or put gravity into PATH' },
  'binary.not-executable': { audience: 'operator', nextStep: 'make the file executable: chmod +x PATH' },
  'binary.hangs': {
    audience: 'outside',
    nextStep: 'look at /var/log/gravity-system.log; the agent tries again by itself',
  },
  'binary.killed': { audience: 'outside', nextStep: 'the agent tries again by itself' },
  'binary.panicked': {
    audience: 'outside',
    nextStep: 'check that the working directory of the agent exists',
  },
  'gravity.error': { audience: 'outside', nextStep: 'read the sentence gravity gave' },
  'gravity.locked': {
    audience: 'outside',
    nextStep: 'wait: another gravity process holds the local database',
  },
  'gravity.not-root': { audience: 'operator', nextStep: 'run the agent as root' },
  'gravity.no-cluster': { audience: 'operator', nextStep: 'run on a node that belongs to a cluster' },
  'gravity.no-operation': { audience: 'outside', nextStep: 'nothing to do: there is no operation' },
  'gravity.no-plan': {
    audience: 'outside',
    nextStep: 'nothing to do while no operation is open; else press w: its plan was never made',
  },
  'gravity.api-unreachable': {
    audience: 'outside',
    nextStep: 'expected while etcd or gravity-site is down; the last good data stays',
  },
  'log.unreadable': { audience: 'operator', nextStep: 'check that the log exists and can be read' },
  'answer.empty': { audience: 'outside', nextStep: 'the last good data stays; the agent asks again' },
  'answer.truncated': { audience: 'outside', nextStep: 'the last good data stays; the agent asks again' },
  'answer.not-json': { audience: 'outside', nextStep: 'the last good data stays; the agent asks again' },
  'answer.wrong-shape': {
    audience: 'outside',
    nextStep: 'check that the file or program is what it should be',
  },
  'answer.too-large': { audience: 'outside', nextStep: 'the last good data stays' },
  'saved.wrapped': {
    audience: 'operator',
    nextStep:
      'save it without a terminal between: gravity plan --output=json > plan.json, or use a wider one',
  },
  'saved.blanks-lost': {
    audience: 'operator',
    nextStep: 'save it as JSON, which needs no columns: gravity plan --output=json > plan.json',
  },
  'saved.excerpt': {
    audience: 'operator',
    nextStep: 'give the whole output, saved with --output=json > FILE',
  },
  'saved.tail': {
    audience: 'operator',
    nextStep: 'save the plan itself: gravity plan --output=json > plan.json',
  },
  'saved.old-layout': {
    audience: 'operator',
    nextStep: 'read it by eye; the layouts of gravity 5.0 to 9.0 are understood',
  },
  'saved.last-line': {
    audience: 'operator',
    nextStep: 'if that line is whole, add a newline to the end of the file; else save it again, whole',
  },
  'plan.no-phases': { audience: 'operator', nextStep: 'give the output of gravity plan' },
  'health.refused': {
    audience: 'outside',
    nextStep: 'check that planet runs on this node: systemctl status "gravity__gravitational.io__planet*"',
  },
  'health.hangs': {
    audience: 'outside',
    nextStep: 'the health agent accepts and does not answer; systemd restarts it, or restart planet',
  },
  'health.unreachable': { audience: 'outside', nextStep: 'check the address of the health endpoint' },
  'health.certificate-missing': {
    audience: 'operator',
    nextStep: 'pass --ca, --cert and --key, or run as root on a cluster node',
  },
  'health.certificate-refused': {
    audience: 'operator',
    nextStep: 'use planet-rpc-client.cert and .key of this cluster',
  },
  'health.server-untrusted': { audience: 'operator', nextStep: 'pass the cluster’s own root.cert with --ca' },
  'health.server-expired': {
    audience: 'operator',
    nextStep:
      'compare that date with the clock of this machine; if the clock is right, renew the certificates of the cluster',
  },
  'health.client-expired': {
    audience: 'operator',
    nextStep:
      'compare that date with the clock of this machine; if the clock is right, renew the certificates of the cluster',
  },
  'health.name-mismatch': {
    audience: 'operator',
    nextStep: 'use https://127.0.0.1:7575 or the advertise address: localhost is not in the certificate',
  },
  'health.plain-http': { audience: 'operator', nextStep: 'use https:// in --health' },
  'health.just-started': { audience: 'outside', nextStep: 'wait 30 s: the health agent has just started' },
  'health.stale': { audience: 'outside', nextStep: 'serf on that node may be dead; ask another node' },
  'health.worker-history': { audience: 'outside', nextStep: 'read the history on a master' },
  'health.no-timeline': { audience: 'outside', nextStep: 'this health agent is too old to keep a history' },
  'health.error': { audience: 'outside', nextStep: 'read the sentence the endpoint gave' },
} as const satisfies Record<string, { audience: 'operator' | 'outside' | 'bug'; nextStep: string }>;

export type ProblemCode = keyof typeof problems;

export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

/** What is wrong with an answer: a code of the table, a sentence that names the thing, and the next step. */
export const ProblemSchema = v.object({
  code: v.picklist(problemCodes),
  sentence: v.string(),
  nextStep: v.string(),
});

export type Problem = v.InferOutput<typeof ProblemSchema>;

/** A problem of the table about one thing; `sentence` must name it and be clean of control characters. */
export function problem(code: ProblemCode, sentence: string): Problem {
  const short = sentence.length > longest ? `${sentence.slice(0, longest - 1)}…` : sentence;
  return { code, sentence: short, nextStep: problems[code].nextStep };
}

/** Sentences go to standard error in at most 500 characters, with room left for what a command puts around them. */
const longest = 400;

/**
 * What an adapter makes of an answer: a value with remarks about its doubts (a repaired `%`, an assumed year),
 * or a problem. Never an exception.
 */
export type Reading<T> = { ok: true; value: T; remarks: Remark[] } | { ok: false; problem: Problem };

/** A doubt about a value that could be read all the same. */
export type Remark = 'year-assumed' | 'text-mangled' | 'just-started' | 'stale' | 'partial';

export function read<T>(value: T, remarks: Remark[] = []): Reading<T> {
  return { ok: true, value, remarks };
}

export function unread<T>(code: ProblemCode, sentence: string): Reading<T> {
  return { ok: false, problem: problem(code, sentence) };
}
