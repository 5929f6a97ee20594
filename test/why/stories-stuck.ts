import { expect } from 'vitest';
import { isNow, type Story, works } from './story.ts';
import type { StoryStage } from './story-stage.ts';

const prepared = /^\/(init|checks|pre-update|bootstrap|coredns)/;
const firstMaster = /^\/masters\/master-1/;
const masters = /^\/masters/;
const workers = /^\/nodes/;
const upgrade1 = '/masters/master-1/system-upgrade';
const drain2 = '/masters/master-2/drain';
const upgrade2 = '/masters/master-2/system-upgrade';
const pod = 'shop/shop-db-0';

/** Everything up to the upgrade of the second master's system is done. */
const atMaster2 = async (stage: StoryStage) => {
  stage.complete(prepared, firstMaster, /master-2\/drain/);
  await stage.look();
};
const toTheEnd = (stage: StoryStage) => works(stage, 'plan resume --block');

/** Begins a leaf as our own run, and looks while it is under way. */
async function under(stage: StoryStage, phase: string, ms: number) {
  const running = await stage.begin('operation.step', { phase });
  await stage.pass(2_000);
  await stage.look();
  await stage.pass(ms);
  await stage.look();
  return running;
}

/** A leaf fails with a text, as our own run tried it. */
async function failing(stage: StoryStage, phase: string, text: string): Promise<void> {
  await stage.say('fail', phase, text);
  await stage.gravity('plan', 'execute', `--phase=${phase}`);
  await stage.look();
}

/** A failure that hand work mends, after which the leaf is executed again. */
function mended(row: string, phase: string, given: { done: RegExp[]; text: string; says: RegExp }): Story {
  return {
    row,
    name: `${phase} fails: ${given.text}`,
    phase,
    arrange: async (stage) => {
      stage.complete(...given.done);
      await stage.look();
      await failing(stage, phase, given.text);
    },
    says: given.says,
    next: { what: 'hand' },
    take: async (stage, why) => {
      expect(why.after).toContain(`operation.step --phase ${phase}`);
      await stage.say('fix', phase);
      await stage.do('operation.step', { phase });
    },
    freed: async (stage) => isNow(stage, phase, 'completed'),
  };
}

/** What gets stuck in practice (engine.md 10). */
export const stuckStories: readonly Story[] = [
  {
    row: 'progress.lost',
    name: 'gravity was killed here in the middle of a leaf that our run stepped',
    phase: '/init/master-1',
    arrange: async (stage) => {
      const running = await under(stage, '/init/master-1', 5_000);
      running.kill();
      await running.ended;
    },
    says: /gravity was killed by SIGKILL/,
    next: { what: 'action', action: 'phase.force', args: { phase: '/init/master-1' } },
    freed: async (stage) => isNow(stage, '/init/master-1', 'completed'),
  },
  {
    row: 'progress.lost',
    name: 'gravity was killed here in the middle of a resume',
    phase: upgrade1,
    arrange: async (stage) => {
      stage.complete(prepared, /master-1\/(kubelet|stepdown|drain)/);
      await stage.look();
      const running = await stage.begin('operation.resume');
      await stage.pass(5_000);
      await stage.look();
      running.kill();
      await running.ended;
    },
    says: /which was at it, is over/,
    next: { what: 'action', action: 'operation.resume' },
    freed: async (stage) => isNow(stage, '/gc/worker-2', 'completed'),
  },
  {
    row: 'progress.lost',
    name: 'gravity died on another node, and its answer came back',
    phase: upgrade2,
    arrange: async (stage) => {
      await atMaster2(stage);
      await stage.say('crash', upgrade2);
      const running = await under(stage, upgrade2, 90_000);
      await running.ended;
    },
    says: /is over/,
    next: { what: 'action', action: 'phase.force', args: { phase: upgrade2 } },
    freed: toTheEnd,
  },
  {
    row: 'progress.lost',
    name: 'the update agent of the node is gone, and what ran under it with it: the agent comes first',
    phase: upgrade2,
    arrange: async (stage) => {
      await atMaster2(stage);
      await stage.say('crash', upgrade2);
      stage.start(['plan', 'execute', `--phase=${upgrade2}`]);
      await stage.pass(2_000);
      await stage.look();
      await stage.pass(90_000);
      await stage.say('agent-down', 'master-2');
      await stage.look('agents');
    },
    says: /no update agent answers on master-2, where it ran/,
    next: { what: 'action', action: 'agent.deploy' },
    freed: async (stage) => {
      await stage.look('agents');
      const { code } = await stage.do('phase.force', { phase: upgrade2 });
      expect(code).toBe(0);
      await toTheEnd(stage);
    },
  },
  {
    row: 'progress.lost',
    name: 'nothing of gravity works on this machine, neither a process nor its unit',
    stage: { units: 'systemd' },
    phase: '/init/master-1',
    arrange: async (stage) => {
      const running = stage.start(['plan', 'execute', '--phase=/init/master-1']);
      await stage.pass(2_000);
      await stage.look();
      running.kill();
      await running.ended;
      await stage.pass(2_000);
    },
    says: /no gravity is at work on this machine/,
    next: { what: 'action', action: 'phase.force', args: { phase: '/init/master-1' } },
    freed: async (stage) => isNow(stage, '/init/master-1', 'completed'),
  },
  {
    row: 'progress.unseen',
    name: 'the node rebooted in the middle of its upgrade: look first whether somebody is at it',
    stage: { duration: () => 240_000 },
    phase: upgrade2,
    arrange: async (stage) => {
      await atMaster2(stage);
      const running = await under(stage, upgrade2, 20_000);
      await stage.say('reboot', 'master-2');
      await stage.pass(1_000_000);
      await running.ended;
      await stage.look();
    },
    says: /in progress for 17m/,
    next: { what: 'hand' },
    take: async (stage, why) => {
      expect(why.after).toContain(`phase.force --phase ${upgrade2}`);
      await stage.do('phase.force', { phase: upgrade2 });
    },
    freed: toTheEnd,
  },
  {
    row: 'progress.slow',
    name: 'a leaf that is run takes longer than its siblings did',
    stage: { duration: ({ executor }) => (executor === 'update_bootstrap' ? 60_000 : 5_000) },
    phase: '/bootstrap/worker-2',
    arrange: async (stage) => {
      stage.complete(/^\/(init|checks|pre-update)/, /bootstrap\/master/);
      await stage.look();
      const running = await under(stage, '/bootstrap/worker-1', 0);
      await stage.pass(60_000);
      await running.ended;
      await stage.look();
      await stage.say('slow', '/bootstrap/worker-2', '20');
      await under(stage, '/bootstrap/worker-2', 600_000);
    },
    says: /its siblings took/,
    next: { what: 'wait' },
    take: (stage) => stage.pass(1_200_000),
    freed: async (stage) => isNow(stage, '/bootstrap/worker-2', 'completed'),
  },
  {
    row: 'progress.running',
    name: 'a leaf that is run, within its usual time',
    phase: '/init/master-1',
    arrange: (stage) => under(stage, '/init/master-1', 1_000),
    says: /the run r1 .* is at it/,
    next: { what: 'wait' },
    take: (stage) => stage.pass(60_000),
    freed: async (stage) => isNow(stage, '/init/master-1', 'completed'),
  },
  {
    row: 'drain.held',
    name: 'a drain is held by a pod and its disruption budget: in progress, and freed by the budget',
    phase: drain2,
    arrange: async (stage) => {
      stage.complete(prepared, firstMaster);
      await stage.look();
      await stage.say('evict-block', pod, 'on');
      await under(stage, drain2, 14 * 60_000);
    },
    says: /error evicting pod shop\/shop-db-0[\s\S]*budget shop\/shop-db allows 0 disruptions[\s\S]*keeps pod shop\/shop-db-0[\s\S]*is Pending: 0\/5 nodes/,
    next: { what: 'hand' },
    take: async (stage) => {
      await stage.say('evict-block', pod, 'off');
      await stage.pass(10_000);
    },
    freed: async (stage) => isNow(stage, drain2, 'completed'),
  },
  {
    row: 'drain.held',
    name: 'a drain that was held for an hour has failed',
    phase: drain2,
    arrange: async (stage) => {
      stage.complete(prepared, firstMaster);
      await stage.look();
      await stage.say('evict-block', pod, 'on');
      const running = await under(stage, drain2, 70 * 60_000);
      await running.ended;
      await stage.look();
    },
    says: /it failed: error evicting pod[\s\S]*keeps pod shop\/shop-db-0/,
    next: { what: 'hand' },
    take: async (stage, why) => {
      expect(why.after).toContain('operation.step');
      await stage.say('evict-block', pod, 'off');
      await stage.do('operation.step', { phase: drain2 });
    },
    freed: async (stage) => isNow(stage, drain2, 'completed'),
  },
  {
    row: 'drain.held',
    name: 'the pod that held a failed drain went away by itself',
    phase: drain2,
    arrange: async (stage) => {
      stage.complete(prepared, firstMaster);
      await stage.look();
      await stage.say('evict-block', pod, 'on');
      const running = await under(stage, drain2, 70 * 60_000);
      await running.ended;
      await stage.say('evict-block', pod, 'off');
      await stage.look();
    },
    says: /no disruption budget holds a pod/,
    next: { what: 'action', action: 'operation.step', args: { phase: drain2 } },
    freed: async (stage) => isNow(stage, drain2, 'completed'),
  },
  {
    row: 'progress.waits-for-health',
    name: 'the health phase waits for a node whose probe fails',
    phase: '/masters/master-2/health',
    arrange: async (stage) => {
      stage.complete(prepared, firstMaster, /master-2\/(drain|system|elect)/);
      await stage.say('probe', 'master-2', 'docker', 'failed', 'docker.sock: connection refused');
      await stage.look();
      await under(stage, '/masters/master-2/health', 90_000);
    },
    says: /master-2: docker has failed.*not expected/,
    next: { what: 'hand' },
    take: async (stage) => {
      await stage.say('probe', 'master-2', 'docker', 'running');
      await stage.pass(60_000);
    },
    freed: async (stage) => isNow(stage, '/masters/master-2/health', 'completed'),
  },
  {
    row: 'failed.health',
    name: 'the node did not get healthy in five minutes',
    phase: '/masters/master-2/health',
    arrange: async (stage) => {
      stage.complete(prepared, firstMaster, /master-2\/(drain|system|elect)/);
      await stage.say('probe', 'master-2', 'docker', 'failed', 'docker.sock: connection refused');
      await stage.gravity('plan', 'execute', '--phase=/masters/master-2/health');
    },
    says: /node is degraded[\s\S]*master-2: docker has failed/,
    next: { what: 'hand' },
    take: async (stage) => {
      await stage.say('probe', 'master-2', 'docker', 'running');
      await stage.look();
      const why = await stage.ask({ phase: '/masters/master-2/health' });
      expect(why.next).toMatchObject({ what: 'action', action: 'operation.step' });
      await stage.do('operation.step', why.next.args);
    },
    freed: async (stage) => isNow(stage, '/masters/master-2/health', 'completed'),
  },
  {
    row: 'failed.disk-full',
    name: 'the disk is full while the new packages come',
    phase: '/bootstrap/worker-1',
    arrange: async (stage) => {
      stage.complete(/^\/(init|checks|pre-update)/, /bootstrap\/master/);
      await stage.say('disk', 'worker-1', '100');
      await stage.gravity('plan', 'execute', '--phase=/bootstrap/worker-1');
    },
    says: /no space left on device[\s\S]*room is made by hand/,
    next: { what: 'hand' },
    take: async (stage) => {
      await stage.say('disk', 'worker-1', '40');
      await stage.look();
      await stage.do('operation.step', { phase: '/bootstrap/worker-1' });
    },
    freed: async (stage) => isNow(stage, '/bootstrap/worker-1', 'completed'),
  },
  {
    row: 'failed.etcd-dark',
    name: 'a phase waited a quarter of an hour for the store of the cluster',
    phase: '/coredns',
    arrange: async (stage) => {
      stage.complete(/^\/(init|checks|pre-update|bootstrap)/);
      await stage.look();
      await stage.say('etcd', 'down');
      await stage.gravity('plan', 'execute', '--phase=/coredns');
    },
    says: /etcd cluster is unavailable/,
    next: { what: 'hand' },
    take: async (stage) => {
      await stage.say('etcd', 'up');
      await stage.do('operation.step', { phase: '/coredns' });
    },
    freed: async (stage) => isNow(stage, '/coredns', 'completed'),
  },
  {
    row: 'failed.etcd-dark',
    name: 'etcd is shut down by the plan itself, and its upgrade failed: the phases of etcd bring it back',
    phase: '/etcd/upgrade/master-1',
    arrange: async (stage) => {
      stage.complete(prepared, masters, workers);
      await stage.look();
      for (const phase of ['/etcd/backup', '/etcd/shutdown'])
        await works(stage, `plan execute --phase=${phase}`);
      await failing(stage, '/etcd/upgrade/master-1', 'etcd did not come up in upgrade mode: exit status 1');
      await stage.say('fix', '/etcd/upgrade/master-1');
    },
    says: /the plan itself shut etcd down on 3 masters/,
    next: { what: 'action', action: 'operation.step' },
    freed: toTheEnd,
  },
  {
    row: 'progress.etcd-dark',
    name: 'a phase waits for the store of the cluster',
    phase: '/coredns',
    arrange: async (stage) => {
      stage.complete(/^\/(init|checks|pre-update|bootstrap)/);
      await stage.look();
      await stage.say('power', 'master-2', 'off');
      await stage.say('power', 'master-3', 'off');
      await under(stage, '/coredns', 120_000);
    },
    says: /[01] of 3 members of etcd answer, 2 must/,
    next: { what: 'hand' },
    take: async (stage) => {
      await stage.say('power', 'master-2', 'on');
      await stage.say('power', 'master-3', 'on');
      await stage.pass(60_000);
    },
    freed: async (stage) => isNow(stage, '/coredns', 'completed'),
  },
  {
    row: 'api.dark',
    name: 'a command that asks the API while there is none',
    arrange: async (stage) => {
      await stage.say('etcd', 'down');
      const { err } = await stage.gravity('agent', 'deploy');
      return err;
    },
    says: /failed to resolve gravity-site/,
    next: { what: 'hand' },
    take: (stage) => stage.say('etcd', 'up'),
    freed: (stage) => works(stage, 'agent deploy'),
  },
  mended('failed.checks', '/checks', {
    done: [/^\/init/],
    text: 'The following checks failed: disk write speed is 3MB/s on master-2, want 10MB/s',
    says: /--force skips requirements, not the checks/,
  }),
  mended('failed.hook', '/pre-update', {
    done: [/^\/(init|checks)/],
    text: 'hook failed: job preupdate-1 BackoffLimitExceeded',
    says: /a hook is a job of the application/,
  }),
  mended('failed.endpoints', '/masters/master-2/endpoints', {
    done: [prepared, firstMaster, /master-2\/(drain|system|elect|health|taint|uncordon)/],
    text: 'no active endpoints found for query gravity-site',
    says: /no active endpoints found/,
  }),
  mended('failed.unit', upgrade2, {
    done: [prepared, firstMaster, /master-2\/drain/],
    text: 'unit planet.service did not start',
    says: /unit planet\.service did not start/,
  }),
  mended('leaf.failed', '/coredns', {
    done: [/^\/(init|checks|pre-update|bootstrap)/],
    text: 'the hamster fell off its wheel',
    says: /the hamster fell off its wheel[\s\S]*such phases usually fail for/,
  }),
  {
    row: 'failed.election',
    name: 'leader election was left half-way: the phase may be repeated',
    phase: '/masters/master-2/elect',
    arrange: async (stage) => {
      stage.complete(prepared, firstMaster, /master-2\/(drain|system)/);
      await stage.look();
      await failing(stage, '/masters/master-2/elect', 'leader resolution timeout');
      await stage.say('fix', '/masters/master-2/elect');
    },
    says: /an election left half-way/,
    next: { what: 'action', action: 'operation.step', args: { phase: '/masters/master-2/elect' } },
    freed: async (stage) => isNow(stage, '/masters/master-2/elect', 'completed'),
  },
  {
    row: 'failed.connection-lost',
    name: 'the connection to the node broke before it began',
    phase: '/init/worker-1',
    arrange: async () =>
      'failed to execute command [plan execute --phase /init/worker-1]: rpc error: code = Unavailable desc = transport is closing',
    says: /nothing holds it|its turn comes/,
    next: { what: 'action', action: 'operation.step' },
    freed: (stage) => works(stage, 'plan execute --phase=/init/worker-1'),
  },
  {
    row: 'leaf.node-down',
    name: 'the node of the next leaf is off',
    phase: upgrade2,
    arrange: async (stage) => {
      await atMaster2(stage);
      await stage.say('power', 'master-2', 'off');
    },
    says: /master-2 does not answer/,
    next: { what: 'hand' },
    take: (stage) => stage.say('power', 'master-2', 'on'),
    freed: toTheEnd,
  },
  {
    row: 'leaf.node-left',
    name: 'a node left the cluster after the plan was made',
    phase: '/bootstrap/worker-2',
    arrange: async (stage) => {
      stage.complete(/^\/(init|checks|pre-update)/, /bootstrap\/(master|worker-1)/);
      stage.cluster.nodes.delete('worker-2');
      stage.cluster.agents.delete('worker-2');
    },
    says: /worker-2 is in the cluster no more/,
    next: { what: 'action', action: 'phase.set', args: { phase: '/bootstrap/worker-2', state: 'completed' } },
    freed: async (stage) => isNow(stage, '/bootstrap', 'completed'),
  },
];
