import * as v from 'valibot';
import type { Http } from '../ports.ts';
import type { Identity } from '../protocol/identity.ts';
import type { Info } from '../protocol/info.ts';
import type { JournalPage } from '../protocol/journal.ts';
import type { Judgement } from '../protocol/judgement.ts';
import type { RunEnd, RunRequest } from '../protocol/request.ts';
import { routes } from '../protocol/routes.ts';
import type { Run } from '../protocol/run.ts';
import type { Position, Snapshot, StreamMessage } from '../protocol/stream.ts';
import type { Why } from '../protocol/why.ts';
import { type Asking, ask, type Result } from './client-ask.ts';
import { readStreamMessage } from './client-message.ts';
import { protocolGap } from './protocol-gap.ts';

export type { ClientFailure, Result } from './client-ask.ts';

/** A part of a run's output: `next` is the byte to go on from, `total` how many there are now. Not cleaned: any bytes. */
export type OutputPart = { bytes: Uint8Array; next: number; total: number };

export type StartRequest = Omit<RunRequest, 'by' | 'drive'> & { drive?: boolean };

export type StreamHandlers = {
  since?: Position;
  onMessage(message: StreamMessage): void;
  onOpen?(): void;
  onClose(reason: { code: number; message: string }): void;
};

/** The agent's API as functions. Nothing throws; nobody answering is the failure `agent.none`. */
export type Client = {
  info(): Promise<Result<Info>>;
  cluster(): Promise<Result<Snapshot>>;
  actions(): Promise<Result<{ id: string }[]>>;
  judge(action: string, args: Record<string, unknown>): Promise<Result<Judgement>>;
  /** The run, new or the same again. */
  start(request: StartRequest): Promise<Result<Run>>;
  /** Tells how a run at our own terminal ended. */
  end(id: string, end: RunEnd): Promise<Result<Run>>;
  runs(): Promise<Result<Run[]>>;
  run(id: string): Promise<Result<Run>>;
  output(id: string, from: number): Promise<Result<OutputPart>>;
  journal(since: number): Promise<Result<JournalPage>>;
  /** Why a phase, or without one the operation, is as it is; `refusal` is a sentence that something was refused with. */
  why(about: { phase?: string; refusal?: string; node?: string }): Promise<Result<Why>>;
  /** `hold` renews the wheel for this console; call it every 10 s while driving. */
  stream(handlers: StreamHandlers): { hold(): void; close(): void };
};

/** A client of the agent behind a Unix socket, speaking for `by`. */
export function createClient(to: { http: Http; socket: string; by: Identity }): Client {
  const { http, socket, by } = to;
  const get = <S extends v.GenericSchema>(path: string, schema: S) => json(to, { path }, schema);
  const post = <S extends v.GenericSchema>(path: string, body: object, schema: S) =>
    json(to, { path, body: JSON.stringify({ ...body, by }) }, schema);
  return {
    async info() {
      const answer = await get(routes.info.path, routes.info.answer);
      const gap = answer.ok ? protocolGap(answer.value.protocol) : null;
      return gap?.refuse ? { ok: false, failure: { ...gap.failure, status: null } } : answer;
    },
    cluster: () => get(routes.cluster.path, routes.cluster.answer),
    actions: async () => map(await get(routes.actions.path, routes.actions.answer), ({ actions }) => actions),
    judge: (action, args) => post(routes.judge.path, { action, args }, routes.judge.answer),
    start: async (request) =>
      map(await post(routes.start.path, request, routes.start.answer), ({ run }) => run),
    end: async (id, end) =>
      map(await post(pathOf(routes.end.path, id), end, routes.end.answer), ({ run }) => run),
    runs: async () => map(await get(routes.runs.path, routes.runs.answer), ({ runs }) => runs),
    run: async (id) => map(await get(pathOf(routes.run.path, id), routes.run.answer), ({ run }) => run),
    async output(id, from) {
      const answer = await ask(to, { path: `${pathOf(routes.output.path, id)}?from=${from}` });
      return map(answer, ({ body, headers }) => ({
        bytes: body,
        next: Number(headers['x-output-next'] ?? from + body.length),
        total: Number(headers['x-output-total'] ?? from + body.length),
      }));
    },
    journal: (since) => get(`${routes.journal.path}?since=${since}`, routes.journal.answer),
    why: async (about) =>
      map(await get(`${routes.why.path}?${new URLSearchParams(about)}`, routes.why.answer), ({ why }) => why),
    stream({ since, onMessage, onOpen, onClose }) {
      const query = since === undefined ? '' : `?since=${encodeURIComponent(`${since.epoch}.${since.seq}`)}`;
      const connection = http.connect(
        { socket, path: `${routes.stream.path}${query}` },
        {
          onMessage(text) {
            const message = readStreamMessage(text);
            if (message !== null) onMessage(message);
          },
          onClose,
          ...(onOpen === undefined ? {} : { onOpen }),
        },
      );
      return {
        hold: () => connection.send(JSON.stringify({ type: 'hold', console: by.console })),
        close: () => connection.close(),
      };
    },
  };
}

async function json<S extends v.GenericSchema>(
  to: { http: Http; socket: string },
  asking: Asking,
  schema: S,
): Promise<Result<v.InferOutput<S>>> {
  const answer = await ask(to, asking);
  if (!answer.ok) return answer;
  const parsed = v.safeParse(schema, parsedJson(answer.value.body));
  if (parsed.success) return { ok: true, value: parsed.output };
  const where = v.getDotPath(parsed.issues[0]) ?? 'the answer';
  return {
    ok: false,
    failure: {
      code: 'agent.unreadable',
      message: `the agent on ${to.socket} answered ${asking.path} in a way this console cannot read: ${where}`,
      nextStep: 'use a console and an agent of the same version',
      status: null,
    },
  };
}

function parsedJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}

function map<A, B>(answer: Result<A>, change: (value: A) => B): Result<B> {
  return answer.ok ? { ok: true, value: change(answer.value) } : answer;
}

function pathOf(pattern: string, id: string): string {
  return pattern.replace(':id', encodeURIComponent(id));
}
