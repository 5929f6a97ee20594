import { beforeEach, describe, expect, test } from 'vitest';
import { healthAnswer } from '../../src/simulator/health/health-answers.ts';
import type { SimulatedClock } from '../../src/simulator/simulated-clock.ts';
import { VERBS } from '../../src/simulator/verbs/verbs.ts';
import { recordingText } from '../recordings.ts';
import { type LookingCluster, lookingCluster } from './looking-cluster.ts';

/** What the simulator had otherwise than the real agents of recordings/satellite/flight. */
const SECOND = 1000;
const flight = recordingText('satellite/flight/views.log');

let it: LookingCluster;
beforeEach(async () => {
  it = await lookingCluster();
});

async function say(...[verb = '', ...operands]: string[]): Promise<string> {
  const clock = { ...it.time, watch: it.time.wait } as unknown as SimulatedClock;
  const context = { cluster: it.cluster, clock, rotateCertificates: async () => {} };
  const answer = await VERBS[verb]?.run(context, operands);
  return answer === undefined ? `there is no ${verb}` : 'done' in answer ? answer.done : answer.refused;
}

function probes(node: string, checker: string) {
  const found = it.entry('master-1', node)?.answer?.probes ?? [];
  return found.filter((probe) => probe.checker === checker);
}

describe('what is measured', () => {
  test('drift has nanoseconds, and is another on every master and in every round', async () => {
    await say('clock', 'worker-1', '2.5');
    const texts = new Set<string>();
    for (let round = 0; round < 4; round += 1) {
      await it.time.advance(30 * SECOND);
      for (const master of ['master-1', 'master-2', 'master-3'])
        for (const { detail } of probes(master, 'time-drift')) texts.add(detail?.split(': ')[1] ?? '');
    }
    expect(texts.size).toBeGreaterThan(8);
    for (const text of texts) expect(text).toMatch(/^2\.(499|500)\d{1,6}s$/);
    expect(flight).toMatch(/300ms: 2\.(499|500)\d{1,6}s/);
  });

  test('a full disk is told in a fraction that nobody rounded', async () => {
    await say('disk', 'worker-1', '85');
    await it.time.advance(60 * SECOND);
    expect(probes('worker-1', 'disk-space')[0]?.detail).toMatch(/currently at 85\.\d{3,}% \(/);
    expect(flight).toMatch(/currently at \d\d\.\d{3,}% \(/);
  });
});

describe('checkers that report on several things', () => {
  test('packet loss names its peer, and moves while that to another peer ends', async () => {
    await say('probe', 'master-2', 'nethealth-checker', 'failed', 'master-3');
    await say('probe', 'master-2', 'nethealth-checker', 'failed', 'worker-1');
    await it.time.advance(60 * SECOND);
    const before = probes('master-2', 'nethealth-checker');
    expect(before.map(({ detail }) => detail?.match(/for node (\S+)/)?.[1]).toSorted()).toEqual([
      '192.168.1.101',
      '192.168.1.13',
    ]);
    await say('probe', 'master-2', 'nethealth-checker', 'running', 'master-3');
    await it.time.advance(30 * SECOND);
    const after = probes('master-2', 'nethealth-checker');
    expect(after).toHaveLength(1);
    const same = before.find(({ detail }) => detail === after[0]?.detail);
    expect(same?.error).not.toBe(after[0]?.error);
  });

  test('latency names both nodes', async () => {
    await say('probe', 'master-2', 'ping-checker', 'failed', 'master-3');
    await it.time.advance(60 * SECOND);
    expect(probes('master-2', 'ping-checker')[0]?.detail).toMatch(
      /^ping between 192_168_1_12\.\S+ and 192_168_1_13\.\S+ is higher/,
    );
  });

  test('one pod gets well in the round in which another fails', async () => {
    await say('probe', 'master-3', 'system-pods-checker', 'failed', 'kube-system/coredns-a');
    await it.time.advance(60 * SECOND);
    await say('probe', 'master-3', 'system-pods-checker', 'running');
    await say('probe', 'master-3', 'system-pods-checker', 'failed', 'kube-system/coredns-b');
    await it.time.advance(60 * SECOND);
    expect(probes('master-3', 'system-pods-checker').map(({ detail }) => detail)).toEqual([
      'pod kube-system/coredns-b is not running',
    ]);
  });

  test('a checker fails only where it runs', async () => {
    expect(await say('probe', 'worker-1', 'system-pods-checker', 'failed')).toMatch(
      /does not run on worker-1/,
    );
    expect(await say('probe', 'master-1', 'kubelet', 'failed')).toMatch(/does not run on master-1/);
  });
});

describe('a checker that hangs', () => {
  test('is told in its place after 20 s, by the agent and as critical', async () => {
    await say('hang', 'worker-1', 'docker', 'on');
    await it.time.advance(110 * SECOND);
    expect(probes('worker-1', 'docker')).toEqual([
      {
        checker: 'docker',
        status: 'failed',
        error: 'checker does not comply with specified context, potential goroutine leak',
        severity: 'critical',
      },
    ]);
    await say('hang', 'worker-1', 'docker', 'off');
    await it.time.advance(60 * SECOND);
    expect(probes('worker-1', 'docker')).toMatchObject([{ status: 'running' }]);
  });

  test('takes all versions with it when it is that of versions', async () => {
    await say('probe', 'worker-1', 'versions', 'failed');
    await it.time.advance(110 * SECOND);
    const checkers = it.entry('master-1', 'worker-1')?.answer?.probes.map(({ checker }) => checker) ?? [];
    expect(checkers).toContain('versions');
    expect(checkers.filter((checker) => checker.endsWith('-version'))).toEqual([]);
  });
});

describe('a master whose agent is dead', () => {
  test('keeps the others from telling each other, until it is back', async () => {
    await say('stop-agent', 'master-2');
    await say('probe', 'master-3', 'docker', 'failed');
    await say('probe', 'master-1', 'dns', 'failed');
    await it.time.advance(95 * SECOND);
    expect(failedIn('master-1')).toEqual(['dns']);
    expect(failedIn('master-3')).toEqual(['docker']);
    await say('restart-agent', 'master-2');
    await it.time.advance(90 * SECOND);
    expect(failedIn('master-1').toSorted()).toEqual(['dns', 'docker']);
    expect(failedIn('master-3').toSorted()).toEqual(['dns', 'docker']);
  });

  test('is answered for by the endpoints of the others', async () => {
    await say('stop-agent', 'master-1');
    await it.time.advance(60 * SECOND);
    const answer = healthAnswer(
      it.cluster,
      { method: 'GET', path: '/', query: {}, headers: {}, body: '', door: 'health' },
      'master-2',
    );
    const { nodes } = JSON.parse(String(answer.body));
    const silent = nodes.filter((node: { status?: string }) => node.status === undefined);
    expect(silent).toMatchObject([{ member_status: { status: 'alive' } }]);
  });
});

test('an agent in a crash loop is down and new, again and again, until it is left alone', async () => {
  await say('crash-loop', 'worker-1', '100');
  const states = new Set<string>();
  for (let passed = 0; passed < 100; passed += 1) {
    const agent = it.cluster.agents.get('worker-1');
    states.add(agent?.process === 'stopped' ? 'dead' : agent?.local === null ? 'new' : 'looking');
    await it.time.advance(SECOND);
  }
  expect([...states].toSorted()).toEqual(['dead', 'new']);
  await it.time.advance(90 * SECOND);
  expect(it.entry('master-1', 'worker-1')?.answer?.status).toBe('running');
});

function failedIn(master: string): string[] {
  const events = it.cluster.agents.get(master)?.timeline ?? [];
  return events.filter(({ kind }) => kind === 'ProbeFailed').map(({ data }) => data['probe'] ?? '');
}
