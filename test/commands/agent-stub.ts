import { emptyCluster } from '../../src/model/empty-cluster.ts';
import type { Http, HttpAnswer, HttpRequest, SocketHandlers } from '../../src/ports.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Judgement } from '../../src/protocol/judgement.ts';
import type { Run } from '../../src/protocol/run.ts';
import { sourceNames } from '../../src/protocol/source.ts';
import { now } from './one-shot.ts';

const at = new Date(now).toISOString();

/** A cluster whose sources have all just answered. */
export function freshCluster(changes: Partial<Cluster> = {}): Cluster {
  const empty = emptyCluster({ kind: 'rehearsal', label: 'test', readOnly: false });
  const sources = { ...empty.sources };
  for (const name of sourceNames) sources[name] = { ...sources[name], state: 'good', at, lastGood: at };
  return { ...empty, sources, ...changes };
}

export const judgement: Judgement = {
  schema: 1,
  id: 'j1',
  digest: 'd',
  action: 'agent.deploy',
  label: 'Deploy update agents',
  args: {},
  risk: 'change',
  allowed: true,
  reason: null,
  nextStep: null,
  confirm: { kind: 'yes', word: null, reason: false },
  steps: [],
  commands: ['/bin/gravity agent deploy'],
  impact: {
    about: null,
    runsOn: null,
    leaves: [],
    skips: [],
    versions: null,
    pods: null,
    podsAsked: true,
    etcd: null,
    dark: [],
    irreversible: [],
    warnings: ['\u001b[31mmind\u001b[0m'],
    undo: null,
  },
};

export const run: Run = {
  id: 'r1',
  requestId: 'q1',
  action: 'agent.deploy',
  label: 'Deploy update agents',
  args: {},
  lane: 'cluster',
  state: 'queued',
  steps: [],
  step: 0,
  by: { user: 'root', from: null, tty: null, console: null },
  reason: null,
  operationId: null,
  queuedAt: at,
  startedAt: null,
  finishedAt: null,
  exitCode: null,
  signal: null,
  sentence: null,
  interruptedBy: null,
  outputBytes: 0,
};

export type Stub = {
  http: Partial<Http>;
  asked: HttpRequest[];
  stream: { handlers: SocketHandlers | null; closed: boolean };
};

type Answer = { status?: number; body: unknown };

/** An agent at the level of its URLs: answers by `METHOD path` (without query), the usual ones given. */
export function agentStub(
  cluster: Cluster,
  answers: Record<string, (request: HttpRequest) => Answer> = {},
): Stub {
  const asked: HttpRequest[] = [];
  const stream: Stub['stream'] = { handlers: null, closed: false };
  const snapshot = { schema: 1, epoch: 'e', seq: 1, at, state: cluster };
  const all: Record<string, (request: HttpRequest) => Answer> = {
    'GET /v1/info': () => ({ body: info(cluster) }),
    'GET /v1/cluster': () => ({ body: snapshot }),
    'POST /v1/judgements': () => ({ body: judgement }),
    'POST /v1/runs': () => ({ status: 201, body: { schema: 1, run } }),
    ...answers,
  };
  const request = async (request: HttpRequest): Promise<HttpAnswer> => {
    asked.push(request);
    const answer = all[`${request.method ?? 'GET'} ${request.url.split('?')[0]}`];
    if (answer === undefined) return { ok: false, code: 'ENOENT', message: 'nothing there', durationMs: 0 };
    const { status = 200, body } = answer(request);
    const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
    return { ok: true, status, headers: {}, body: bytes, durationMs: 0 };
  };
  const connect: Http['connect'] = (_, handlers) => {
    stream.handlers = handlers;
    return {
      send: () => {},
      close: () => {
        stream.closed = true;
      },
    };
  };
  return { http: { request, connect }, asked, stream };
}

function info({ kind, label, readOnly, place, binaries, sources, wheel }: Cluster): object {
  return {
    schema: 1,
    version: '0.0.0',
    protocol: 1,
    kind,
    label,
    readOnly,
    pid: 1,
    epoch: 'e',
    node: null,
    place,
    lead: null,
    binaries,
    sources: Object.values(sources),
    wheel,
  };
}
