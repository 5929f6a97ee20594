import { setTimeout as pause } from 'node:timers/promises';
import { askHealth, type HealthEndpoint } from './ask-health.ts';
import type { Answered } from './health-shapes.ts';
import type { RunningCluster } from './running-cluster.ts';

type Seen = {
  status?: string;
  nodes?: { status?: string; member_status: object }[];
};

/** Something arranged with verbs, and how it is known that the endpoint shows it. */
export type HealthSituation = { title: string; say?: string[][]; until: (body: Seen) => boolean };

/**
 * Arranged one after the other on one cluster at 120 times its pace, where a round takes a quarter of a second; slower
 * for what lasts one round alone.
 */
export const HEALTH_SITUATIONS: readonly HealthSituation[] = [
  { title: 'all well', until: ({ status }) => status === 'running' },
  {
    title: 'docker down on a worker',
    say: [['probe', 'worker-1', 'docker', 'failed', 'no such file or directory']],
    until: ({ status }) => status === 'degraded',
  },
  { title: 'well again', say: [['fix', 'worker-1']], until: ({ status }) => status === 'running' },
  { title: 'a disk filling', say: [['disk', 'master-2', '85']], until: ({ status }) => status === 'running' },
  { title: 'a disk full', say: [['disk', 'master-2', '97']], until: ({ status }) => status === 'degraded' },
  { title: 'a disk emptied', say: [['disk', 'master-2', '20']], until: ({ status }) => status === 'running' },
  { title: 'a clock off', say: [['clock', 'worker-2', '5']], until: ({ status }) => status === 'degraded' },
  {
    title: 'the clock right',
    say: [['clock', 'worker-2', '0']],
    until: ({ status }) => status === 'running',
  },
  { title: 'etcd down', say: [['etcd', 'down']], until: ({ status }) => status === 'degraded' },
  { title: 'etcd up', say: [['etcd', 'up']], until: ({ status }) => status === 'running' },
  { title: 'a frozen agent', say: [['freeze', 'master-2']], until: ({ status }) => status === undefined },
  { title: 'a dead agent', say: [['stop-agent', 'master-3']], until: silent(2) },
  {
    title: 'an agent just started',
    say: [
      ['speed', '20'],
      ['restart-agent', 'master-3'],
    ],
    until: bare,
  },
  {
    title: 'both mended',
    say: [
      ['speed', '120'],
      ['fix', 'master-2'],
    ],
    until: ({ status }) => status === 'running',
  },
  { title: 'a node off', say: [['power', 'worker-2', 'off']], until: ({ status }) => status === 'degraded' },
  { title: 'a node gone', say: [['leave', 'master-2']], until: ({ nodes = [] }) => nodes.length === 4 },
  { title: 'a node back', say: [['fix', 'worker-2']], until: ({ status }) => status === 'running' },
];

const PATHS = ['/', '/local', '/history'] as const;
const PATIENCE_MS = 20_000;

/** Arranges a situation, waits until `/` shows it and asks every route. */
export async function answersIn(
  flown: RunningCluster,
  endpoint: HealthEndpoint,
  { title, say = [], until }: HealthSituation,
): Promise<Answered[]> {
  for (const words of say) {
    const { status, answer } = await flown.say(...words);
    if (status !== 200) throw new Error(`${words.join(' ')}: ${JSON.stringify(answer)}`);
  }
  const patience = AbortSignal.timeout(PATIENCE_MS);
  while (!until(JSON.parse((await askHealth(endpoint, '/')).text))) {
    if (patience.aborted) throw new Error(`the endpoint never showed ${title}`);
    await pause(30);
  }
  return Promise.all(PATHS.map((path) => askHealth(endpoint, path)));
}

function silent(count: number) {
  return ({ nodes = [] }: Seen): boolean =>
    nodes.filter(({ status }) => status === undefined).length === count;
}

function bare({ nodes = [] }: Seen): boolean {
  return nodes.some(({ member_status }) => Object.keys(member_status).length === 1);
}
