import { describe, expect, test } from 'vitest';
import { SCENARIOS } from '../../src/simulator/scenarios.ts';
import { type Simulated, simulated } from '../driver/simulated.ts';

const UPGRADE_OF_2 = '/masters/master-2/system-upgrade';

/** How each scenario is flown: what an operator sees at the doors, and how the operation is brought to its end. */
const FLIGHTS: Record<string, (cluster: Simulated) => Promise<void>> = {
  smooth: async (cluster) => {
    await completed(cluster);
  },

  quiet: async (cluster) => {
    const leaves = await cluster.leaves();
    expect([...leaves.values()].every(({ state }) => state === 'unstarted')).toBe(true);
    await toTheEnd(cluster);
  },

  'drain-fails': async (cluster) => {
    await failed(cluster, '/masters/master-2/drain', 'could not be evicted: disruption budget shop-db');
    const asked = ['exec', 'kubectl', 'get', 'poddisruptionbudgets', '--all-namespaces', '-o', 'json'];
    const budgets = JSON.parse((await cluster.gravity(...asked)).out);
    expect(budgets.items[0].status.disruptionsAllowed).toBe(0);
    await cluster.say('fix', '/masters/master-2/drain');
    await cluster.say('evict-block', 'shop/shop-db-0', 'on');
    expect((await resume(cluster)).err).toContain('error evicting pod shop/shop-db-0');
    await cluster.say('evict-block', 'shop/shop-db-0', 'off');
    await toTheEnd(cluster);
  },

  'drain-held': async (cluster) => {
    const phase = '/masters/master-2/drain';
    const asked = ['exec', 'kubectl', 'get', 'poddisruptionbudgets', '--all-namespaces', '-o', 'json'];
    await cluster.until(async () => (await stateOf(cluster, phase)) === 'in_progress');
    const { items } = JSON.parse((await cluster.gravity(...asked)).out);
    expect(items[0].status).toMatchObject({ disruptionsAllowed: 0 });
    await cluster.say('evict-block', 'shop/shop-db-0', 'off');
    await cluster.until(async () => (await stateOf(cluster, phase)) !== 'in_progress');
    await cluster.until(async () => {
      const { operation } = await cluster.states();
      if (operation === 'failed') await resume(cluster);
      return operation === 'completed';
    });
  },

  'election-stuck': async (cluster) => {
    const phase = '/masters/master-2/elect';
    await failedRemotely(cluster, phase, 'leader resolution timeout');
    await cluster.say('fix', phase);
    await toTheEnd(cluster);
  },

  'crash-local': async (cluster) => {
    const phase = '/masters/master-1/system-upgrade';
    await cluster.until(async () => (await stateOf(cluster, phase)) === 'in_progress');
    const refused = await cluster.gravity('plan', 'execute', `--phase=${phase}`);
    expect(refused.err).toContain(`phase "${phase}" is in progress, use --force flag to force execution`);
    // Nobody wrote that it failed, and the unit that worked on it is gone.
    expect((await cluster.states()).operation).toBe('update_in_progress');
    await cluster.until(async () => (await cluster.gravity('plan', 'resume')).code === 0);
    await completed(cluster);
  },

  'crash-remote': async (cluster) => {
    await operationFailed(cluster);
    expect(await stateOf(cluster, UPGRADE_OF_2)).toBe('unstarted');
    const refused = await resume(cluster);
    expect(refused.err).toContain('is in progress, use --force flag to force execution');
    expect(await stateOf(cluster, UPGRADE_OF_2)).toBe('in_progress');
    expect((await cluster.gravity('plan', 'execute', `--phase=${UPGRADE_OF_2}`, '--force')).code).toBe(0);
    await toTheEnd(cluster);
  },

  'agent-lost': async (cluster) => {
    await operationFailed(cluster);
    const phase = '/nodes/worker-1/system-upgrade';
    const refused = await cluster.gravity('plan', 'execute', `--phase=${phase}`);
    expect(refused.err).toContain('no agent is running on node worker-1');
    expect(await stateOf(cluster, phase)).toBe('unstarted');
    expect((await cluster.gravity('agent', 'deploy')).code).toBe(0);
    await toTheEnd(cluster);
  },

  'node-reboots': async (cluster) => {
    await operationFailed(cluster);
    await reconcile(cluster);
    expect(await stateOf(cluster, UPGRADE_OF_2)).toBe('in_progress');
    await cluster.until(async () => {
      const { code } = await cluster.gravity('plan', 'execute', `--phase=${UPGRADE_OF_2}`, '--force');
      return code === 0;
    });
    await toTheEnd(cluster);
  },

  'etcd-dark': async (cluster) => {
    await cluster.until(async () => (await resume(cluster)).err.includes('etcd did not come up'));
    const dark = await cluster.states();
    expect(dark).toMatchObject({ code: 255, cluster: 'degraded' });
    // What failed was recorded on the other node, and its word cannot reach us while etcd is down.
    expect(await stateOf(cluster, '/etcd/upgrade/master-1')).toBe('completed');
    expect(await stateOf(cluster, '/etcd/upgrade/master-2')).toBe('unstarted');
    await cluster.until(async () => (await failedProbes(cluster, 'master-1')).includes('etcd-healthz'));
    await cluster.say('fix', '/etcd/upgrade/master-2');
    await toTheEnd(cluster);
  },

  'health-fails': async (cluster) => {
    await failedRemotely(cluster, '/masters/master-2/health', 'node is degraded');
    await cluster.until(async () => (await failedProbes(cluster, 'master-2')).includes('docker'));
    await cluster.say('fix', 'master-2');
    await toTheEnd(cluster);
  },

  'wrong-node': async (cluster) => {
    expect(cluster.ready.node).toBe('master-2');
    const refused = await resume(cluster);
    expect(refused.err).toContain('Plan must be resumed on node master-1/192.168.1.11');
    expect((await cluster.states()).operation).toBe('failed');
    expect((await cluster.gravity('plan', 'execute', '--phase=/init')).code).toBe(0);
  },

  'wrong-binary': async (cluster) => {
    const refused = await resume(cluster);
    expect(refused.code).toBe(255);
    expect(refused.err).toMatch(/should be executed with the gravity binary of version .* while this binary/);
    expect((await cluster.gravity('plan', '--output=json')).code).toBe(0);
    await cluster.say('binary', gravityVersion(await cluster.gravity('plan', '--output=json')));
    await toTheEnd(cluster);
  },

  'two-shells': async (cluster) => {
    await operationFailed(cluster);
    const phase = '/bootstrap/worker-1';
    await cluster.until(async () => (await stateOf(cluster, phase)) === 'completed');
    await cluster.say('slow', '/gc/worker-1', '400');
    const one = cluster.gravity('plan', 'execute', '--phase=/gc/worker-1', '--force');
    await cluster.until(async () => {
      await reconcile(cluster);
      return (await stateOf(cluster, '/gc/worker-1')) === 'in_progress';
    });
    const same = await cluster.gravity('plan', 'execute', '--phase=/gc/worker-1');
    expect(same.err).toContain('phase "/gc/worker-1" is in progress, use --force flag to force execution');
    const other = await cluster.gravity('plan', 'execute', '--phase=/bootstrap/worker-2');
    expect(other.code).toBe(0);
    expect((await one).code).toBe(0);
    await toTheEnd(cluster);
  },

  'plan-lags': async (cluster) => {
    await cluster.say('fail', '/masters/master-3/system-upgrade', 'unit planet.service did not start');
    await operationFailed(cluster);
    // It failed on the other node, and what is fetched here is half a minute old.
    await reconcile(cluster);
    expect(await stateOf(cluster, '/masters/master-3/system-upgrade')).toBe('unstarted');
    await cluster.say('lag', 'master-1', '0');
    await reconcile(cluster);
    expect(await stateOf(cluster, '/masters/master-3/system-upgrade')).toBe('failed');
    await cluster.say('fix', '/masters/master-3/system-upgrade');
    await toTheEnd(cluster);
  },

  locked: async (cluster) => {
    await cluster.say('lock', '10000');
    const refused = await cluster.gravity('plan');
    expect({ code: refused.code, out: refused.out }).toEqual({ code: 255, out: '' });
    expect(refused.err).toContain('gravity.db is locked, is another instance running?');
    await cluster.until(async () => (await cluster.gravity('plan')).code === 0);
    await completed(cluster);
  },

  'disk-fills': async (cluster) => {
    await failedRemotely(cluster, '/bootstrap/worker-1', 'no space left on device');
    await cluster.until(async () => (await failedProbes(cluster, 'worker-1')).includes('disk-space'));
    await cluster.say('disk', 'worker-1', '40');
    await toTheEnd(cluster);
  },

  'certificates-rotate': async (cluster) => {
    const before = cluster.secrets();
    expect(await cluster.health('/', before)).toMatchObject({ body: {} });
    await cluster.say('speed', '2000');
    await completed(cluster);
    expect(cluster.secrets().cert).not.toBe(before.cert);
    expect(await cluster.health('/', before)).toMatchObject({ failed: expect.any(String) });
    expect(await cluster.health('/')).toMatchObject({ body: {} });
  },

  'clock-skew': async (cluster) => {
    await failedRemotely(cluster, UPGRADE_OF_2, 'unit planet.service did not start');
    // The operator's word is younger, and its stamp is older.
    const set = await cluster.gravity('plan', 'set', `--phase=${UPGRADE_OF_2}`, '--state=completed');
    expect(set.code).toBe(0);
    expect(await stateOf(cluster, UPGRADE_OF_2)).toBe('failed');
    await cluster.say('fix', UPGRADE_OF_2);
    expect((await cluster.gravity('plan', 'execute', `--phase=${UPGRADE_OF_2}`)).code).toBe(0);
    await cluster.say('clock', 'master-2', '0');
    await toTheEnd(cluster);
  },

  'second-master-fails': async (cluster) => {
    await cluster.say('slow', '/masters/master-1/system-upgrade', '20');
    await cluster.say('speed', '500');
    // One master's system is being replaced and the other is gone: no quorum, and nothing of the cluster answers.
    await cluster.until(async () => (await cluster.gravity('status')).err.includes('degraded'));
    expect(await stateOf(cluster, '/masters/master-1/system-upgrade')).toBe('in_progress');
    await cluster.say('speed', '2000');
    await operationFailed(cluster);
    const refused = await cluster.gravity('plan', 'execute', `--phase=${UPGRADE_OF_2}`);
    expect(refused.err).toContain('no agent is running on node master-2');
    await cluster.until(async () => {
      const answer = await cluster.health('/');
      if ('failed' in answer) return false;
      const node = answer.body.nodes?.find((one) => one.member_status?.tags?.publicip === '192.168.1.12');
      return answer.status === 503 && node !== undefined && node.probes === undefined;
    });
    await cluster.say('power', 'master-2', 'on');
    await toTheEnd(cluster);
  },
};

/** Those that are to be seen in the middle of their work begin slowly. */
const SPEEDS: Record<string, number> = {
  'second-master-fails': 1,
  'certificates-rotate': 1,
  'drain-held': 200,
};

describe.concurrent('every scenario is flown through the doors', () => {
  test.each(Object.keys(SCENARIOS))('%s', { timeout: 60_000 }, async (name) => {
    const cluster = await simulated(`--scenario=${name}`, `--speed=${SPEEDS[name] ?? 2000}`);
    try {
      await FLIGHTS[name]?.(cluster);
    } finally {
      await cluster.end();
    }
  });
});

test('every scenario has its flight', () => {
  expect(Object.keys(FLIGHTS).sort()).toEqual(Object.keys(SCENARIOS).sort());
});

function resume(cluster: Simulated) {
  return cluster.gravity('plan', 'resume', '--block');
}

async function stateOf(cluster: Simulated, id: string): Promise<string | undefined> {
  return (await cluster.leaves()).get(id)?.state;
}

/** Waits until a leaf failed with a text. */
async function failed(cluster: Simulated, id: string, words: string): Promise<void> {
  await cluster.until(async () => (await stateOf(cluster, id)) === 'failed');
  expect((await cluster.leaves()).get(id)?.error).toContain(words);
  await operationFailed(cluster);
}

/** Waits until the resume ended with a leaf that failed on another node: only then, and when asked, is it known here. */
async function failedRemotely(cluster: Simulated, id: string, words: string): Promise<void> {
  await operationFailed(cluster);
  expect(await stateOf(cluster, id)).not.toBe('failed');
  await reconcile(cluster);
  await failed(cluster, id, words);
}

/** Fetches what etcd knows and does nothing else (recordings/nodes/14). */
function reconcile(cluster: Simulated) {
  return cluster.gravity('plan', 'execute', '--phase=/none');
}

/** The unit's resume ended, and with it the operation, for now. */
async function operationFailed(cluster: Simulated): Promise<void> {
  await cluster.until(async () => (await cluster.states()).operation === 'failed');
}

async function toTheEnd(cluster: Simulated): Promise<void> {
  const { code, err } = await resume(cluster);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  await completed(cluster);
}

async function completed(cluster: Simulated): Promise<void> {
  await cluster.until(async () => (await cluster.states()).operation === 'completed');
  expect([...(await cluster.leaves()).values()].every(({ state }) => state === 'completed')).toBe(true);
}

async function failedProbes(cluster: Simulated, host: string): Promise<string[]> {
  const answer = await cluster.health('/');
  if ('failed' in answer) return [];
  const last = { 'master-1': '.11', 'master-2': '.12', 'worker-1': '.101' }[host] ?? '';
  const node = answer.body.nodes?.find((one) => one.member_status?.tags?.publicip?.endsWith(last));
  return (node?.probes ?? []).filter(({ status }) => status === 'failed').map(({ checker }) => checker);
}

function gravityVersion({ out }: { out: string }): string {
  return JSON.parse(out).gravity_package.version;
}
