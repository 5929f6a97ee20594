import * as v from 'valibot';
import type { Handlers, Log, ServedAnswer, ServedRequest } from '../ports.ts';
import { type RouteName, routes } from '../protocol/routes.ts';
import { Failed, failureAnswer, jsonHeaders } from './failed.ts';
import type { Stream } from './stream.ts';

/** What a handler gets: the request, the parameters of its path, and a body that fits its row's schema. */
export type Call<Body = unknown> = {
  request: ServedRequest;
  params: Record<string, string>;
  body: Body;
  door: 'operator' | 'viewer';
};

type Row = (typeof routes)[RouteName];
type BodyOf<R> = R extends { body: infer S extends v.GenericSchema } ? v.InferOutput<S> : undefined;

/** One handler a route, each with the body its row promises; plain values are sent as JSON with 200. */
export type RouteHandlers = {
  [N in Exclude<RouteName, 'stream'>]: (call: Call<BodyOf<(typeof routes)[N]>>) => Promise<Answer> | Answer;
};
export type Answer = { status?: number; headers?: Record<string, string> } & (
  | { json: unknown }
  | { bytes: Uint8Array }
);

/** The API as handlers of a server: routes by the table, errors by the other table, never an exception. */
export function createApi(handlers: RouteHandlers, { stream, log }: { stream: Stream; log: Log }): Handlers {
  return {
    async handle(request) {
      try {
        return served(await route(handlers, request));
      } catch (error) {
        if (error instanceof Failed) return failureAnswer(error);
        log.error('a request failed', { path: request.path, error });
        const words = error instanceof Error ? error.message : String(error);
        return failureAnswer(new Failed('agent.failed', `the agent could not do it: ${words}`));
      }
    },
    upgrade(request, peer) {
      if (request.path !== routes.stream.path) return peer.close(1008, 'there is no such stream');
      stream.open(peer, { since: request.query['since'], door: request.door });
    },
    tooLarge: () => failureAnswer(new Failed('request.too-large', 'the request is too large')),
  };
}

function route(handlers: RouteHandlers, request: ServedRequest): Promise<Answer> | Answer {
  const onPath = Object.entries(routes).flatMap(([name, row]) => {
    const params = match(row.path, request.path);
    return params === null ? [] : [{ name, row, params }];
  });
  if (onPath.length === 0)
    throw new Failed('request.unknown-route', `there is nothing at ${shown(request.path)}`);
  const found = onPath.find(({ row }) => row.method === request.method);
  if (found === undefined)
    throw new Failed('request.method', `${shown(request.path)} does not take ${shown(request.method)}`);
  if (found.name === 'stream')
    throw new Failed('request.malformed', `${routes.stream.path} is a WebSocket`, {
      nextStep: 'connect with a WebSocket client',
    });
  const door = request.door === 'operator' ? 'operator' : 'viewer';
  const call = { request, params: found.params, body: bodyOf(found.row, request), door } as const;
  // The table gives each route its own body; TypeScript cannot follow that name and body are of one row.
  const handler = handlers[found.name as keyof RouteHandlers] as (call: Call<unknown>) => Answer;
  return handler(call);
}

/** `/v1/runs/:id` against a path; null when it is another. */
function match(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const word = given[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decoded(word);
    else if (part !== word) return null;
  }
  return params;
}

function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

function bodyOf(row: Row, request: ServedRequest): unknown {
  if (!('body' in row)) return undefined;
  const parsed = v.safeParse(row.body, jsonOf(request.body));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const where = v.getDotPath(issue) ?? 'the body';
  throw new Failed('request.malformed', `${row.method} ${row.path}: ${where}: ${issue.message}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failed('request.malformed', 'the body is not JSON');
  }
}

function served(answer: Answer): ServedAnswer {
  const { status = 200, headers } = answer;
  if ('bytes' in answer)
    return {
      status,
      headers: { 'content-type': 'application/octet-stream', ...headers },
      body: answer.bytes,
    };
  return { status, headers: { ...jsonHeaders, ...headers }, body: JSON.stringify(answer.json) };
}

function shown(word: string): string {
  return JSON.stringify(word.slice(0, 200));
}
