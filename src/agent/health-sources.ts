import { readHistoryBody } from '../adapters/satellite/history-body.ts';
import { readStatusBody } from '../adapters/satellite/status-body.ts';
import { healthChanges } from '../model/health-changes.ts';
import { historyChanges } from '../model/history-changes.ts';
import { hostName } from '../model/host-name.ts';
import type { Clock, Files, Http, HttpAnswer, HttpRequest } from '../ports.ts';
import { type Reading, read, unread } from '../protocol/problem.ts';
import type { Attempt, Outcome } from './attempt.ts';
import { schedule } from './schedule.ts';

/** Where the health endpoint is and the files that open it. They rotate, so they are read at every poll. */
export type HealthEndpoint = { url: string; ca: string; cert: string; key: string };

export type HealthParts = {
  clock: Clock;
  http: Pick<Http, 'request'>;
  files: Files;
  endpoint: HealthEndpoint | null;
};

const maxBytes = 64 * 1024 * 1024;

/** The cluster's health: `/` of the endpoint. */
export function healthReader(parts: HealthParts): () => Promise<Attempt> {
  return async () => {
    const { answer, durationMs } = await ask(parts, { path: '/', timeoutMs: schedule.health.timeoutMs });
    const reading = answer.ok ? readStatusBody(answer.value) : answer;
    const outcome: Outcome = reading.ok
      ? {
          ok: true,
          remarks: reading.remarks,
          news: (cluster, seen) =>
            healthChanges(cluster.health, reading.value, {
              seen,
              named: (node) => hostName(cluster, node),
              reported: cluster.reported,
            }),
        }
      : reading;
    // An agent that has just started serves an empty body (satellite.md 4): an answer, with no news in it.
    const empty = reading.ok && reading.remarks.includes('just-started');
    return { outcome: empty ? { ...outcome, news: () => [] } : outcome, durationMs, cpuMs: 0 };
  };
}

/** The timeline: `/history` of the endpoint; workers and old agents have none (satellite.md 2). */
export function timelineReader(parts: HealthParts): () => Promise<Attempt> {
  return async () => {
    const { answer, durationMs } = await ask(parts, {
      path: '/history',
      timeoutMs: schedule.history.timeoutMs,
    });
    const reading = answer.ok ? readHistoryBody(answer.value) : answer;
    const outcome: Outcome = reading.ok
      ? {
          ok: true,
          remarks: reading.remarks,
          news: ({ history }, seen) => historyChanges(history, reading.value, seen),
        }
      : reading;
    return { outcome, durationMs, cpuMs: 0 };
  };
}

async function ask(
  { clock, http, files, endpoint }: HealthParts,
  { path, timeoutMs }: { path: string; timeoutMs: number },
): Promise<{ answer: Reading<HttpAnswer>; durationMs: number }> {
  const began = clock.monotonic();
  if (endpoint === null)
    return { answer: unread('health.unreachable', 'no health endpoint was given'), durationMs: 0 };
  const tls = await certificates(files, endpoint);
  if (!tls.ok) return { answer: tls, durationMs: clock.monotonic() - began };
  const url = `${endpoint.url.replace(/\/+$/, '')}${path}`;
  const answer = await http.request({ url, timeoutMs, maxBytes, tls: tls.value });
  return { answer: read(answer), durationMs: clock.monotonic() - began };
}

async function certificates(files: Files, endpoint: HealthEndpoint): Promise<Reading<HttpRequest['tls']>> {
  if (!endpoint.url.startsWith('https:')) return read(undefined);
  const texts: Record<'ca' | 'cert' | 'key', string> = { ca: '', cert: '', key: '' };
  for (const name of ['ca', 'cert', 'key'] as const) {
    const text = await readable(files, endpoint[name]);
    if (text === null)
      return unread(
        'health.certificate-missing',
        `the file given with --${name} cannot be read: ${endpoint[name]}`,
      );
    texts[name] = text;
  }
  return read(texts);
}

/** Not there and not allowed come to the same: no certificate. */
async function readable(files: Files, path: string): Promise<string | null> {
  try {
    return await files.readText(path);
  } catch {
    return null;
  }
}
