import { expect } from 'vitest';
import { atMaster2, masters, prepared, toTheEnd, under, upgrade2, workers } from './arranging.ts';
import type { Story } from './story.ts';
import type { StoryStage } from './story-stage.ts';

const worker = { name: 'worker-1', ip: '192.168.1.101' };

/** How health has a node, by its address. */
const stateOf = (stage: StoryStage, ip: string) =>
  stage.state().health?.nodes.find((each) => each.ip === ip)?.state;
const isHealthy = async (stage: StoryStage) => {
  await stage.pass(60_000);
  await stage.look();
  expect(stage.state().health?.nodes.map(({ state }) => state)).toEqual(Array(5).fill('healthy'));
};

/** Status says so of the worker's remote access; nothing in the simulated cluster takes a healthy node's away. */
async function withAccess(stage: StoryStage, access: 'online' | 'offline'): Promise<void> {
  await stage.look();
  const { status } = stage.state();
  const nodes = status?.nodes?.map((each) => (each.hostname === worker.name ? { ...each, access } : each));
  if (status === null || nodes === undefined) throw new Error('status was not read');
  const seen = new Date(stage.clock.now()).toISOString();
  stage.record({ kind: 'status.read', seen, status: { ...status, nodes } });
}

/** A node is asked about. */
export const nodeStories: readonly Story[] = [
  {
    row: 'node.unknown',
    name: 'of a name nobody knows',
    arrange: async () => {},
    node: 'worker-9',
    says: /nor health knows a node worker-9/,
    next: { what: 'hand' },
    freed: async (stage) => expect((await stage.ask({ node: worker.name })).id).toBe('node.well'),
  },
  {
    row: 'node.well',
    name: 'of one that is well',
    arrange: async () => {},
    node: worker.name,
    says: /it is healthy, and nothing is known to be wrong/,
    next: { what: 'wait' },
    freed: isHealthy,
  },
  {
    row: 'node.expected',
    name: 'its planet is being replaced',
    arrange: async (stage) => {
      await atMaster2(stage);
      await under(stage, upgrade2, 20_000);
    },
    asRead: true,
    node: 'master-2',
    says: /running for[\s\S]*master-2\/system-upgrade is bound to cause this/,
    next: { what: 'wait' },
    take: (stage) => stage.pass(120_000),
    freed: isHealthy,
  },
  {
    row: 'node.etcd-stopped',
    name: 'etcd was stopped by the plan, which nobody goes on with',
    arrange: async (stage) => {
      stage.complete(prepared, masters, workers, /^\/etcd\/backup/);
      await stage.look();
      for (const master of ['master-1', 'master-2', 'master-3'])
        await stage.do('operation.step', { phase: `/etcd/shutdown/${master}` });
    },
    node: worker.name,
    says: /the plan stopped etcd with \/etcd\/shutdown\/master-2[\s\S]*etcd-healthz has failed/,
    next: { what: 'action', action: 'operation.step' },
    take: toTheEnd,
    freed: isHealthy,
  },
  {
    row: 'node.expected',
    name: 'its planet was replaced after health was collected',
    arrange: async (stage) => {
      await atMaster2(stage);
      await under(stage, upgrade2, 20_000);
      await stage.pass(120_000);
      await stage.lookAt('plan');
    },
    asRead: true,
    node: 'master-2',
    says: /master-2\/system-upgrade is bound to cause this while it runs/,
    next: { what: 'wait' },
    take: async (stage, { next }) => {
      expect(next.text).toMatch(/from before the leaf was done/);
      await stage.look();
    },
    freed: isHealthy,
  },
  {
    row: 'node.silent',
    name: 'only its health agent does not answer',
    arrange: async (stage) => {
      await stage.say('stop-agent', worker.name);
      await stage.pass(60_000);
    },
    node: worker.name,
    says: /the machine and its serf are up; only the health agent \(planet-agent\) does not answer/i,
    next: { what: 'hand' },
    take: async (stage, { next }) => {
      expect(next.commands.join('\n')).toContain('systemctl status planet-agent');
      await stage.say('restart-agent', worker.name);
      await stage.pass(30_000);
    },
    freed: isHealthy,
  },
  {
    row: 'node.clock',
    name: 'its clock is wrong, and every master says so of it',
    arrange: async (stage) => {
      await stage.say('clock', worker.name, '2.5');
      await stage.pass(60_000);
    },
    node: worker.name,
    says: /the clock of worker-1 is wrong: 3 masters differ from it alone/,
    next: { what: 'hand' },
    take: async (stage, { next }) => {
      expect(next.text).toContain('on worker-1,');
      await stage.say('clock', worker.name, '0');
      await stage.pass(30_000);
    },
    freed: isHealthy,
  },
  {
    row: 'node.silent',
    name: 'it has lost its power',
    arrange: async (stage) => {
      await stage.say('power', worker.name, 'off');
      await stage.pass(60_000);
    },
    node: worker.name,
    says: /does not answer: it is offline[\s\S]*no leaf in progress explains it/,
    next: { what: 'hand' },
    take: (stage) => stage.say('power', worker.name, 'on'),
    freed: isHealthy,
  },
  {
    row: 'node.probes',
    name: 'docker has failed, and a leaf elsewhere does not explain it',
    arrange: async (stage) => {
      await stage.say('probe', worker.name, 'docker', 'failed');
      await stage.pass(60_000);
    },
    node: worker.ip,
    says: /worker-1: docker has failed[^\n]*not expected/,
    next: { what: 'hand' },
    take: (stage) => stage.say('probe', worker.name, 'docker', 'running'),
    freed: isHealthy,
  },
  {
    row: 'node.probes',
    name: 'a unit has failed, which is named in the commands',
    arrange: async (stage) => {
      await stage.say('probe', worker.name, 'systemd', 'failed', 'flanneld.service (failed)');
      await stage.pass(60_000);
    },
    node: worker.name,
    says: /systemd has failed/,
    next: { what: 'hand' },
    take: async (stage, { next }) => {
      expect(next.commands).toEqual([
        'gravity exec systemctl status flanneld.service',
        'gravity exec journalctl -u flanneld.service -n 50',
      ]);
      await stage.say('probe', worker.name, 'systemd', 'running');
    },
    freed: isHealthy,
  },
  {
    row: 'node.degraded',
    name: 'status has spoken and the endpoint has not yet',
    arrange: async (stage) => {
      await stage.say('probe', worker.name, 'docker', 'failed');
      await stage.pass(60_000);
      await stage.look();
      const { health } = stage.state();
      if (health === null) throw new Error('health was not read');
      const seen = new Date(stage.clock.now()).toISOString();
      stage.record({ kind: 'health.read', seen, health: { ...health, nodes: [] } });
    },
    asRead: true,
    node: worker.name,
    says: /worker-1: [^\n]*docker[\s\S]*has not told its probes/,
    next: { what: 'hand' },
    take: (stage) => stage.say('probe', worker.name, 'docker', 'running'),
    freed: isHealthy,
  },
  {
    row: 'node.no-access',
    name: 'its teleport does not answer',
    arrange: (stage) => withAccess(stage, 'offline'),
    asRead: true,
    node: worker.name,
    says: /worker-1 has no remote access/,
    next: { what: 'hand' },
    take: (stage) => withAccess(stage, 'online'),
    freed: async (stage) => expect((await stage.ask({ node: worker.name })).id).toBe('node.well'),
  },
  {
    row: 'node.contradicted',
    name: 'health is younger than status',
    arrange: async (stage) => {
      await stage.say('probe', worker.name, 'docker', 'failed');
      await stage.pass(60_000);
      await stage.look();
      await stage.say('probe', worker.name, 'docker', 'running');
      await stage.pass(60_000);
      await stage.lookAt('health');
    },
    asRead: true,
    node: worker.name,
    says: /status says degraded, the health endpoint says healthy/,
    next: { what: 'wait' },
    take: (stage) => stage.look(),
    freed: async (stage) => expect((await stage.ask({ node: worker.name })).id).toBe('node.well'),
  },
  {
    row: 'node.warnings',
    name: 'its disk fills',
    arrange: async (stage) => {
      await stage.say('disk', worker.name, '85');
      await stage.pass(60_000);
    },
    node: worker.name,
    says: /disk-space warns: [\s\S]*refuses to begin with one/,
    next: { what: 'hand' },
    take: (stage) => stage.say('disk', worker.name, '40'),
    freed: async (stage) => {
      await stage.pass(60_000);
      await stage.look();
      expect(stateOf(stage, worker.ip)).toBe('healthy');
      expect((await stage.ask({ node: worker.name })).id).toBe('node.well');
    },
  },
];
