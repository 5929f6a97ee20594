import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordingText } from '../recordings.ts';
import { type RunningCluster, runningCluster } from './running-cluster.ts';

let flown: RunningCluster;
afterEach(() => flown.close());

describe('the health endpoint', () => {
  beforeEach(async () => {
    flown = await runningCluster(1);
  });

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

  test('speaks HTTP/2 as well', async () => {
    const session = connect(flown.doors.health, {
      ca: secret('root.cert'),
      cert: secret('planet-rpc-client.cert'),
      key: secret('planet-rpc-client.key'),
    });
    const status = await new Promise((resolve, reject) => {
      session.on('error', reject);
      session.request({ ':path': '/healthz' }).on('response', (headers) => resolve(headers[':status']));
    });
    session.close();
    expect(status).toBe(200);
  });

  test('shows the certificate of a master: two loopback addresses and no localhost', () => {
    // recordings/satellite/tls-and-routes.txt
    const shown = new X509Certificate(secret('etcd.cert'));
    expect(shown.subject).toBe('CN=etcd');
    expect(shown.issuer).toBe('CN=demo.example.com');
    expect(shown.subjectAltName).toBe(
      'IP Address:127.0.0.1, IP Address:127.0.0.2, IP Address:192.168.1.11, DNS:master-1',
    );
    expect(shown.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
  });

  test('answers with new certificates while it is asked, and to old ones no more', async () => {
    const old = { ca: secret('root.cert'), cert: secret('etcd.cert'), key: secret('etcd.key') };
    const address = flown.doors.health;
    await flown.say('certificates', 'rotate');
    expect(flown.doors.health).toBe(address);
    expect((await read('/')).status).toBe(200);
    const refused = await new Promise((resolve) => {
      connect(address, old).on('error', resolve);
    });
    expect(refused).toBeInstanceOf(Error);
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
    const { status, body } = await read('/');
    expect({ status, said: body.status }).toEqual({ status: 503, said: 'degraded' });
    expect(Object.keys(body.nodes[4])).toEqual(['name', 'member_status']);
    expect(body.nodes[4].member_status.status).toBe('failed');
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

  test('is down with its agent, and then gravity knows nothing of the nodes', async () => {
    await flown.say('stop-agent', 'master-1');
    await expect.poll(() => flown.ask('/'), POLL).toMatchObject({ ok: false, code: 'ECONNREFUSED' });
    const status = await flown.gravity(['status', '--output=json']);
    expect(JSON.parse(status.stdout).cluster).toMatchObject({ state: 'degraded', system_status: 0 });
    await flown.say('restart-agent', 'master-1');
    await expect.poll(() => flown.ask('/'), POLL).toMatchObject({ ok: true, status: 503 });
    expect(await read('/')).toEqual({ status: 503, body: {} });
  });

  test('lets whoever asks wait while its agent is frozen, and answers when it thaws', async () => {
    await flown.say('freeze', 'master-1');
    const waiting = flown.ask('/');
    const first = await Promise.race([waiting, flown.say('fix', 'worker-1').then(() => 'nothing yet')]);
    expect(first).toBe('nothing yet');
    await flown.say('fix', 'master-1');
    expect(await waiting).toMatchObject({ ok: true, status: 200 });
  });
});

describe('an election', () => {
  test('is written by who won, and reaches the others', async () => {
    flown = await runningCluster(5000);
    for (const phase of ['kubelet-permissions', 'stepdown']) {
      const { code } = await flown.gravity([
        'plan',
        'execute',
        `--phase=/masters/master-1/${phase}`,
        '--force',
      ]);
      expect(code).toBe(0);
    }
    const led = async () =>
      (await read('/history')).body.events.flatMap(
        ({ Data }: { Data: Record<string, object> }) => Data['LeaderElected'] ?? [],
      );
    await expect
      .poll(led, POLL)
      .toEqual([{ new: '192.168.1.11' }, { prev: '192.168.1.11', new: '192.168.1.12' }]);
  });
});

describe('the upgrade of the master the doors stand on', () => {
  test('takes the endpoint down with planet, and brings it back knowing nothing', async () => {
    flown = await runningCluster(0.5);
    const done = flown.gravity(['plan', 'execute', '--phase=/masters/master-1/system-upgrade', '--force']);
    await expect.poll(() => flown.ask('/'), QUICK).toMatchObject({ ok: false, code: 'ECONNREFUSED' });
    await expect.poll(() => flown.ask('/'), POLL).toMatchObject({ ok: true, status: 503 });
    expect((await read('/')).body).toEqual({});
    expect((await done).code).toBe(0);
  });
});

describe('the endpoint of a worker', () => {
  test('has its own names and refuses the history', async () => {
    flown = await runningCluster(1, 'worker-1');
    expect(new X509Certificate(secret('etcd.cert')).subjectAltName).toBe(
      'IP Address:127.0.0.1, IP Address:192.168.1.101, DNS:worker-1',
    );
    expect((await read('/local')).body.name).toBe('192_168_1_101.demo.example.com');
    const { status, body } = await read('/history');
    expect(status).toBe(503);
    expect(JSON.stringify(body)).toBe(recordingText('satellite/history-on-worker.body.json'));
  });
});

const POLL = { timeout: 10_000, interval: 50 };
const QUICK = { timeout: 10_000, interval: 10 };

function secret(name: string): Buffer {
  return readFileSync(join(flown.doors.secrets, name));
}

async function read(path: string) {
  const answer = await flown.ask(path);
  if (!answer.ok) throw new Error(answer.message);
  return { status: answer.status, body: JSON.parse(new TextDecoder().decode(answer.body)) };
}
