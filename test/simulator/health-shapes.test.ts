import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askHealth, type HealthEndpoint } from './ask-health.ts';
import { recordedAnswers } from './health-recordings.ts';
import { brokenRules } from './health-shapes.ts';
import { type RunningCluster, runningCluster } from './running-cluster.ts';

test.each(recordedAnswers())('the real endpoint keeps every rule in $name', ({ answered }) => {
  expect(brokenRules(answered)).toEqual([]);
});

/** Arranged one after the other on one cluster at 120 times its pace: a round takes a quarter of a second. */
const SITUATIONS: { title: string; say?: string[]; until: (body: Seen) => boolean }[] = [
  { title: 'all well', until: ({ status }) => status === 'running' },
  {
    title: 'docker down on a worker',
    say: ['probe', 'worker-1', 'docker', 'failed', 'no such file or directory'],
    until: ({ status }) => status === 'degraded',
  },
  { title: 'well again', say: ['fix', 'worker-1'], until: ({ status }) => status === 'running' },
  { title: 'a disk filling', say: ['disk', 'master-2', '85'], until: ({ status }) => status === 'running' },
  { title: 'a disk full', say: ['disk', 'master-2', '97'], until: ({ status }) => status === 'degraded' },
  { title: 'a disk emptied', say: ['disk', 'master-2', '20'], until: ({ status }) => status === 'running' },
  { title: 'a clock off', say: ['clock', 'worker-2', '5'], until: ({ status }) => status === 'degraded' },
  { title: 'the clock right', say: ['clock', 'worker-2', '0'], until: ({ status }) => status === 'running' },
  { title: 'etcd down', say: ['etcd', 'down'], until: ({ status }) => status === 'degraded' },
  { title: 'etcd up', say: ['etcd', 'up'], until: ({ status }) => status === 'running' },
  { title: 'a frozen agent', say: ['freeze', 'master-2'], until: ({ status }) => status === undefined },
  { title: 'a dead agent', say: ['stop-agent', 'master-3'], until: silent(2) },
  { title: 'an agent just started', say: ['restart-agent', 'master-3'], until: bare },
  { title: 'both mended', say: ['fix', 'master-2'], until: ({ status }) => status === 'running' },
  { title: 'a node off', say: ['power', 'worker-2', 'off'], until: ({ status }) => status === 'degraded' },
  { title: 'a node gone', say: ['leave', 'master-2'], until: ({ nodes = [] }) => nodes.length === 4 },
  { title: 'a node back', say: ['fix', 'worker-2'], until: ({ status }) => status === 'running' },
];

type Seen = {
  status?: string;
  nodes?: { status?: string; member_status: object }[];
};

describe.each(['master-1', 'worker-1'] as const)('the simulated endpoint of %s', (host) => {
  let flown: RunningCluster;
  let endpoint: HealthEndpoint;
  beforeAll(async () => {
    flown = await runningCluster(120, host);
    endpoint = { ...flown.doors, role: host === 'master-1' ? 'master' : 'node' };
  });
  afterAll(() => flown.close());

  test.each(SITUATIONS)('keeps every rule with $title', async ({ say, until }) => {
    if (say !== undefined) expect((await flown.say(...say)).status).toBe(200);
    await expect.poll(async () => until(JSON.parse((await askHealth(endpoint, '/')).text)), POLL).toBe(true);
    for (const path of ['/', '/local', '/history'] as const) {
      const answered = await askHealth(endpoint, path);
      expect(brokenRules(answered)).toEqual([]);
    }
  });
});

const POLL = { timeout: 10_000, interval: 30 };

function silent(count: number) {
  return ({ nodes = [] }: Seen): boolean =>
    nodes.filter(({ status }) => status === undefined).length === count;
}

function bare({ nodes = [] }: Seen): boolean {
  return nodes.some(({ member_status }) => Object.keys(member_status).length === 1);
}
