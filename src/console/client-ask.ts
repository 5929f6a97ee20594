import * as v from 'valibot';
import type { Http, HttpAnswer } from '../ports.ts';
import { FailureSchema } from '../protocol/failure.ts';

/** `code` is a row of the API's failures, or agent.none, agent.protocol, agent.unreadable; `status` null without an answer. */
export type ClientFailure = {
  code: string;
  message: string;
  nextStep: string;
  status: number | null;
  /** Of agent.none: the error of the connection, as ENOENT, EACCES or timeout. */
  cause?: string;
  difference?: string[];
};

export type Result<T> = { ok: true; value: T } | { ok: false; failure: ClientFailure };

export type Asking = { path: string; body?: string };
type Answered = Extract<HttpAnswer, { ok: true }>;

/** Judging may wait 5 s for facts, and twice where it is judged again. */
const timeoutMs = 20_000;
const maxBytes = 64 * 1024 * 1024;

/** One request; the answer when it is a good one, else what the agent, or the way to it, says is wrong. */
export async function ask(
  { http, socket }: { http: Http; socket: string },
  { path, body }: Asking,
): Promise<Result<Answered>> {
  const method = body === undefined ? 'GET' : 'POST';
  const answer = await http.request({
    url: path,
    socket,
    method,
    timeoutMs,
    maxBytes,
    ...(body === undefined ? {} : { body }),
  });
  if (!answer.ok) return { ok: false, failure: unreached(socket, answer) };
  return answer.status < 300 ? { ok: true, value: answer } : { ok: false, failure: refused(socket, answer) };
}

const ways: Record<string, [why: string, nextStep: string]> = {
  ENOENT: ['there is no such socket', 'start an agent: gravity-console agent'],
  ECONNREFUSED: ['nobody listens there', 'start an agent: gravity-console agent'],
  EACCES: ['this user may not use it', 'use watch.sock beside it, or become root'],
  timeout: [
    'it accepts and does not answer',
    'look at the agent: systemctl status gravity-console-agent, or its agent.log',
  ],
};

/** Why a connection broke, in words: `connect ENOENT /run/…` is for nobody's eyes. */
export function connectionProblem(message: string): string {
  const code = /\b(ENOENT|ECONNREFUSED|EACCES)\b/.exec(message)?.[1];
  const way = code === undefined ? undefined : ways[code];
  return way === undefined ? message : `the agent does not answer: ${way[0]}`;
}

const startOne = 'start an agent: gravity-console agent';
const nextSteps: Record<string, string> = { link: 'run the command of --via by itself to see why' };

function unreached(socket: string, answer: Extract<HttpAnswer, { ok: false }>): ClientFailure {
  const [why, nextStep] = ways[answer.code] ?? [answer.message, nextSteps[answer.code] ?? startOne];
  const message = `no agent answers on ${socket}: ${why}`;
  return { code: 'agent.none', message, nextStep, status: null, cause: answer.code };
}

function refused(socket: string, { status, body }: Answered): ClientFailure {
  const parsed = v.safeParse(
    v.pipe(v.string(), v.parseJson(), FailureSchema),
    new TextDecoder().decode(body),
  );
  if (!parsed.success)
    return {
      code: 'agent.none',
      message: `what answers on ${socket} is no agent (HTTP ${status})`,
      nextStep: 'name the agent’s socket: --agent unix:PATH',
      status,
    };
  const { difference, ...error } = parsed.output.error;
  return { ...error, status, ...(difference === undefined ? {} : { difference }) };
}
