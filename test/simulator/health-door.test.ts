import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordingText } from '../recordings.ts';
import { type RunningCluster, runningCluster } from './running-cluster.ts';

let flown: RunningCluster;
beforeEach(async () => {
  flown = await runningCluster(1);
});
afterEach(() => flown.close());

describe('the health endpoint', () => {
  test('answers whoever has a certificate of the cluster with the keys the real one has', async () => {
    const { status, body } = await read('/');
    const real = JSON.parse(recordingText('satellite/healthy-3nodes.body.json'));
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(Object.keys(real));
    expect(Object.keys(body.nodes[0])).toEqual(Object.keys(real.nodes[0]));
    expect(Object.keys(body.nodes[0].member_status)).toEqual(Object.keys(real.nodes[0].member_status));
  });

  test('gives nobody else an answer', async () => {
    expect(await flown.ask('/', 'nobody')).toMatchObject({ ok: false });
  });

  test('shows a failed probe as degraded with 503 and writes it to the history', async () => {
    await flown.say('probe', 'worker-1', 'docker', 'failed', 'connection refused');
    const { status, body } = await read('/');
    expect(status).toBe(503);
    expect(body.status).toBe('degraded');
    const kinds = (await read('/history')).body.events.map(
      ({ Data }: { Data: object }) => Object.keys(Data)[0],
    );
    expect(kinds.slice(-2)).toEqual(['ProbeFailed', 'NodeDegraded']);
  });

  test('takes a warning for a warning', async () => {
    await flown.say('disk', 'worker-1', '85');
    expect((await read('/')).status).toBe(200);
    await flown.say('disk', 'worker-1', '95');
    expect((await read('/')).status).toBe(503);
  });

  test('has no status and no probes of a node that is down', async () => {
    await flown.say('reboot', 'worker-2');
    const { body } = await read('/');
    expect(Object.keys(body.nodes[4])).toEqual(['name', 'member_status']);
    expect(body.summary).toMatch(/^no status received from nodes/);
  });

  test('tells who leads, and who took over when the leader stepped down', async () => {
    await flown.say('speed', '5000');
    for (const phase of ['kubelet-permissions', 'stepdown']) {
      await flown.gravity(['plan', 'execute', `--phase=/masters/master-1/${phase}`, '--force']);
    }
    const { events } = (await read('/history')).body;
    const led = events.flatMap(({ Data }: { Data: Record<string, object> }) => Data['LeaderElected'] ?? []);
    expect(led).toEqual([{ new: '192.168.1.11' }, { prev: '192.168.1.11', new: '192.168.1.12' }]);
  });

  test('darkens etcd while etcd is down, and gravity status with it', async () => {
    await flown.say('etcd', 'down');
    const { body } = await read('/local');
    const etcd = body.probes.find(({ checker }: { checker: string }) => checker === 'etcd-healthz');
    expect(etcd).toMatchObject({ status: 'failed' });
    const status = await flown.gravity(['status', '--output=json']);
    expect(status.code).toBe(255);
    expect(JSON.parse(status.stdout).cluster).toMatchObject({ state: 'degraded', domain: '' });
  });
});

async function read(path: string) {
  const answer = await flown.ask(path);
  if (!answer.ok) throw new Error(answer.message);
  return { status: answer.status, body: JSON.parse(new TextDecoder().decode(answer.body)) };
}
