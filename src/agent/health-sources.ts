import { readHistoryBody } from '../adapters/satellite/history-body.ts';
import { readStatusBody } from '../adapters/satellite/status-body.ts';
import { healthChanges } from '../model/health-changes.ts';
import { historyChanges } from '../model/history-changes.ts';
import { hostName } from '../model/host-name.ts';
import { collectedAt, collectionAge, readingAt } from '../model/reading-at.ts';
import type { Certificates, Clock, Files, Http, HttpAnswer, HttpRequest } from '../ports.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Event } from '../protocol/event.ts';
import { type Problem, problem, type Reading, read, unread } from '../protocol/problem.ts';
import type { Attempt, Outcome, Via } from './attempt.ts';
import { type HealthEndpoint, isWorthAskingAnother, otherEndpoints } from './health-endpoints.ts';
import { schedule } from './schedule.ts';

export type HealthParts = {
  clock: Clock;
  http: Pick<Http, 'request'>;
  files: Files;
  certificates?: Pick<Certificates, 'validity'>;
  /** What is known of the cluster: where other masters are. */
  cluster: () => Cluster;
  endpoint: HealthEndpoint | null;
};

const maxBytes = 64 * 1024 * 1024;

/**
 * The cluster's health: `/` of the endpoint, else of another master's. Masters collect at different moments: what
 * another one collected before the reading that is known is no news.
 */
export function healthReader(parts: HealthParts): () => Promise<Attempt> {
  const ask = createAsking(parts, { path: '/', timeoutMs: schedule.health.timeoutMs, read: readStatusBody });
  return async () => {
    const { reading, via, durationMs } = await ask();
    if (!reading.ok) return { outcome: reading, durationMs, cpuMs: 0 };
    const { value, remarks } = reading;
    // An agent that has just started serves an empty body (satellite.md 4): an answer, with no news in it.
    const isEmpty = remarks.includes('just-started');
    const news = (cluster: Cluster, seen: string): Event[] => {
      const known = readingAt(cluster);
      if (isEmpty || (via !== null && known !== null && collectedAt(value, seen) < known)) return [];
      return healthChanges(cluster.health, value, {
        seen,
        named: (node) => hostName(cluster, node),
        reported: cluster.reported,
      });
    };
    return { outcome: { ok: true, remarks, ageMs: collectionAge(value), via, news }, durationMs, cpuMs: 0 };
  };
}

/** The timeline: `/history` of the endpoint, else of another master's; workers and old agents have none (satellite.md 2). */
export function timelineReader(parts: HealthParts): () => Promise<Attempt> {
  const { timeoutMs } = schedule.history;
  const ask = createAsking(parts, {
    path: '/history',
    timeoutMs,
    read: readHistoryBody,
    isInVain: isOnWorker,
  });
  return async () => {
    const { reading, via, durationMs } = await ask();
    const outcome: Outcome = reading.ok
      ? {
          ok: true,
          remarks: reading.remarks,
          via,
          news: ({ history }, seen) => historyChanges(history, reading.value, seen),
        }
      : reading;
    return { outcome, durationMs, cpuMs: 0 };
  };
}

/** `isInVain`: the endpoint of this node never answers that, and would note each attempt as a warning in its log. */
type Question<T> = {
  path: string;
  timeoutMs: number;
  read: (answer: HttpAnswer) => Reading<T>;
  isInVain?: (cluster: Cluster) => boolean;
};

/** `via`: the master that answered instead, with what was wrong at home; null when the endpoint itself answered. */
type Asked<T> = { reading: Reading<T>; via: Via | null; durationMs: number };

/** How many other masters are asked in one reading, and how long each may take. */
const others = { most: 2, timeoutMs: 5_000 } as const;

/** Asks the endpoint, then others where it has nothing to say; the one that answered last is asked first. */
function createAsking<T>(parts: HealthParts, question: Question<T>): () => Promise<Asked<T>> {
  const { clock, files, endpoint } = parts;
  let lastVia: string | null = null;
  return async () => {
    const began = clock.monotonic();
    const took = () => clock.monotonic() - began;
    if (endpoint === null)
      return {
        reading: unread('health.unreachable', 'no health endpoint was given'),
        via: null,
        durationMs: 0,
      };
    const tls = await certificates(files, endpoint);
    if (!tls.ok) return { reading: tls, via: null, durationMs: took() };
    const ask = (url: string, timeoutMs: number) =>
      askOne(parts, question, { url, timeoutMs, tls: tls.value });
    const known = otherEndpoints(parts.cluster(), endpoint);
    const isInVain = known.length > 0 && (question.isInVain?.(parts.cluster()) ?? false);
    const own = isInVain
      ? unread<T>('health.worker-history', 'workers keep no history')
      : explainRefusal(parts, endpoint, {
          reading: await ask(endpoint.url, question.timeoutMs),
          cert: tls.value?.cert,
        });
    if (!isWorthAskingAnother(own)) return { reading: own, via: null, durationMs: took() };
    const order = known.toSorted((a, b) => Number(b.node === lastVia) - Number(a.node === lastVia));
    for (const { node, url } of order.slice(0, others.most)) {
      const reading = await ask(url, others.timeoutMs);
      if (!reading.ok || isWorthAskingAnother(reading)) continue;
      lastVia = node;
      return { reading, via: { node, because: whyNot(own) }, durationMs: took() };
    }
    return { reading: own, via: null, durationMs: took() };
  };
}

/** A refused client certificate may be over: the endpoint only hangs up, but the file tells. */
function explainRefusal<T>(
  { clock, certificates: known }: HealthParts,
  { cert: path }: HealthEndpoint,
  { reading, cert }: { reading: Reading<T>; cert: string | undefined },
): Reading<T> {
  if (reading.ok || reading.problem.code !== 'health.certificate-refused') return reading;
  const valid = cert === undefined ? null : (known?.validity(cert) ?? null);
  if (valid === null) return reading;
  const now = clock.now();
  if (now > valid.to)
    return unread(
      'health.client-expired',
      `our client certificate has expired on ${instant(valid.to)}: ${path}`,
    );
  if (now < valid.from)
    return unread(
      'health.client-expired',
      `our client certificate is not valid before ${instant(valid.from)}: ${path}`,
    );
  return reading;
}

function instant(ms: number): string {
  return new Date(ms).toISOString().replace('.000', '');
}

function isOnWorker({ plan, place }: Cluster): boolean {
  return plan?.servers.some(({ hostname, role }) => hostname === place.node && role === 'node') ?? false;
}

async function askOne<T>(
  { http }: HealthParts,
  { path, read }: Question<T>,
  { url, timeoutMs, tls }: { url: string; timeoutMs: number; tls: HttpRequest['tls'] },
): Promise<Reading<T>> {
  const whole = `${url.replace(/\/+$/, '')}${path}`;
  return read(await http.request({ url: whole, timeoutMs, maxBytes, tls }));
}

function whyNot(own: Reading<unknown>): Problem {
  if (!own.ok) return own.problem;
  return own.remarks.includes('just-started')
    ? problem('health.just-started', 'the health agent of this node has just started')
    : problem('health.stale', 'the health agent of this node serves an old collection');
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
