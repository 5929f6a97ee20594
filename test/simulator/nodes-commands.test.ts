import { describe, expect, test } from 'vitest';
import { statesOn } from '../../src/simulator/world.ts';
import { type NodesStage, nodesStage } from './nodes-stage.ts';
import { recordedPlan } from './recorded-plan.ts';
import { arrange } from './stage.ts';

const M2 = '/masters/master-2';
const DRAIN = `${M2}/drain`;
const UPGRADE = `${M2}/system-upgrade`;

function stage(seconds = 1): NodesStage {
  const plan = recordedPlan('nodes/04-remote-fails/plan.json');
  const opened = nodesStage({ plan, startMs: Date.parse('2026-11-28T14:00:00Z') });
  opened.arrange({ t: 0, arranged: '', seconds });
  return opened;
}

const execute = (id: string): string[] => ['plan', 'execute', `--phase=${id}`];

function stateOn({ world }: NodesStage, node: string, id: string): string | undefined {
  return statesOn(world, node).get(id)?.state;
}

describe('a missing update agent', () => {
  test('is dialled for half a minute before a step says so, and nothing is printed before', async () => {
    const { arrange: say, give, until } = stage();
    await step(give('master-1', execute(DRAIN)), until, 10);
    say({ t: 10, arranged: 'the update agent on master-2 is stopped' });
    const given = give('master-1', execute(UPGRADE));
    let told = false;
    void given.ended.then(() => {
      told = true;
    });
    await until(39);
    expect(told).toBe(false);
    await until(41);
    expect(await given.ended).toMatchObject({ rc: 255, stdout: '' });
  });

  test('leads a resume to the installer; the cause stands in what the operation says', async () => {
    const { arrange: say, give, until, world } = stage();
    say({ t: 0, arranged: 'the update agent on master-2 is stopped' });
    const given = give('master-1', ['plan', 'resume', '--block']);
    await until(60);
    const { rc, stdout, stderr } = await given.ended;
    expect(rc).toBe(255);
    expect(stdout).toMatch(
      /Resuming installer[\s\S]*press Ctrl\+C two times in a row[\s\S]*Connecting to installer\n$/,
    );
    expect(stderr).toContain('failed to start service gravity-agent.service');
    expect(stderr).not.toContain('no agent is running');
    expect(world.operation).toMatchObject({
      state: 'failed',
      progress: { message: expect.stringContaining('no agent is running on node master-2/192.168.1.12') },
    });
  });

  test('is told as it is where the whole plan is executed by its name', async () => {
    const { arrange: say, give, until } = stage();
    say({ t: 0, arranged: 'the update agent on master-2 is stopped' });
    const given = give('master-1', execute('/'));
    await until(60);
    expect((await given.ended).stderr).toContain('no agent is running on node master-2');
  });
});

describe('an orphan', () => {
  test('dies at the next line it says, and is in progress for ever', async () => {
    const opened = stage(28);
    const { arrange: say, give, until } = opened;
    const given = give('master-1', [...execute(UPGRADE), '--force']);
    await until(5);
    say({ t: 5, arranged: 'the update agent on master-2 is killed (-9)' });
    await until(9);
    expect((await given.ended).stderr).toContain('transport is closing');
    expect(opened.world.processes.size).toBe(1);
    await until(60);
    expect(opened.world.processes.size).toBe(0);
    expect(stateOn(opened, 'master-2', UPGRADE)).toBe('in_progress');
    expect(stateOn(opened, 'master-1', UPGRADE)).toBeUndefined();
  });
});

describe('a second shell', () => {
  test('is refused what is in progress on another node, whoever asks', async () => {
    const { give, until } = stage(20);
    void give('master-1', [...execute(UPGRADE), '--force']);
    await until(5);
    for (const node of ['master-1', 'master-2', 'worker-1']) {
      const second = give(node, execute(UPGRADE));
      await until(6);
      expect((await second.ended).stderr).toContain('is in progress, use --force flag');
    }
  });

  test('is not refused in the moment before the remote part has begun', async () => {
    const opened = stage(5);
    void opened.give('master-1', execute(DRAIN));
    await opened.until(6);
    const one = opened.give('master-1', execute(UPGRADE));
    await opened.until(6.3);
    const two = opened.give('master-2', execute(UPGRADE));
    await opened.until(30);
    expect((await two.ended).rc).toBe(0);
    expect((await one.ended).stderr).toContain('is in progress, use --force flag');
  });

  test('hears every ten seconds that a remote part goes on', async () => {
    const { give, until } = stage(25);
    const given = give('master-1', [...execute(UPGRADE), '--force']);
    await until(60);
    const still = `\tStill executing "${UPGRADE}" on remote node master-2`;
    expect((await given.ended).stdout).toContain(
      `${still} (10 seconds elapsed)\n${still} (20 seconds elapsed)\n`,
    );
  });
});

test('completed by hand again, an active cluster is updating for half a second', async () => {
  const { give, until, world } = stage();
  void give('master-1', ['plan', 'complete']);
  await until(1);
  expect(world.clusterState).toBe('active');
  const again = give('worker-1', ['plan', 'complete']);
  await until(1.3);
  expect(world.clusterState).toBe('updating');
  await until(2);
  expect(await again.ended).toEqual({ rc: 0, stdout: '', stderr: '' });
  expect(world.clusterState).toBe('active');
});

describe('a locked database', () => {
  test.each([
    ['update', 60, '/var/lib/gravity/site/update/gravity.db'],
    ['local', 30, '/var/lib/gravity/local/gravity.db'],
  ] as const)('%s: plan waits %i s', async (database, seconds, path) => {
    const { cluster, give, until } = stage();
    const life = { ended: () => false, end: () => {}, over: new Promise<void>(() => {}) };
    cluster.locks.push({ node: 'master-1', database, life });
    const given = give('master-1', ['plan']);
    const other = give('master-2', ['plan', '--output=short']);
    let told = false;
    void given.ended.then(() => {
      told = true;
    });
    await until(seconds - 1);
    expect((await other.ended).rc).toBe(0);
    expect(told).toBe(false);
    await until(seconds + 1);
    expect(await given.ended).toMatchObject({
      rc: 255,
      stdout: '',
      stderr: `\u001b[31m[ERROR]: database ${path} is locked, is another instance running?\n\u001b[0m`,
    });
  });

  test('status asks for no operation and does not wait for the database of the update', async () => {
    const { cluster, give, until } = stage();
    const life = { ended: () => false, end: () => {}, over: new Promise<void>(() => {}) };
    cluster.locks.push({ node: 'master-1', database: 'update', life });
    const given = give('master-1', ['status', '--output=json']);
    await until(1);
    expect((await given.ended).rc).toBe(0);
  });
});

test('status without etcd knows the addresses, and no names, no operation', async () => {
  const opened = stage();
  arrange(opened.cluster, 'no-site');
  opened.arrange({ t: 0, arranged: 'etcd is stopped' });
  const given = opened.give('master-1', ['status', '--output=json']);
  await opened.until(1);
  const { rc, stdout, stderr } = await given.ended;
  expect({ rc, stderr }).toEqual({ rc: 255, stderr: '\u001b[31m[ERROR]: degraded\n\u001b[0m' });
  const { cluster } = JSON.parse(stdout);
  expect(cluster).toMatchObject({
    state: 'degraded',
    domain: '',
    application: { name: '' },
    client_version: {},
  });
  expect(cluster).not.toHaveProperty('operation');
  expect(cluster).not.toHaveProperty('active_operations');
  expect(cluster.nodes[0]).toEqual({
    hostname: '',
    advertise_ip: '192.168.1.11',
    role: 'master',
    profile: '',
    status: 'healthy',
  });
});

async function step(
  given: { ended: Promise<{ rc: number }> },
  until: NodesStage['until'],
  to: number,
): Promise<void> {
  await until(to);
  expect((await given.ended).rc).toBe(0);
}
