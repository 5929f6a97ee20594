import { expect } from 'vitest';
import { fault } from '../../src/simulator/fault.ts';
import {
  atMaster2,
  drain2,
  failing,
  firstMaster,
  prepared,
  toTheEnd,
  under,
  upgrade1,
  upgrade2,
} from './arranging.ts';
import { isNow, refused, type Story, works } from './story.ts';

const pod = 'shop/shop-db-0';

/** Leaves in progress that do not move (engine.md 10). */
export const progressStories: readonly Story[] = [
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
    says: /the run r1 .* ended: gravity was killed by SIGKILL; nobody runs the phase any longer/,
    next: { what: 'action', action: 'operation.resume' },
    freed: async (stage) => isNow(stage, '/gc/worker-2', 'completed'),
  },
  {
    row: 'failed.connection-lost',
    name: 'gravity died on another node, and its answer came back: it is in progress there',
    phase: upgrade2,
    arrange: async (stage) => {
      await atMaster2(stage);
      await stage.say('crash', upgrade2);
      const running = await under(stage, upgrade2, 90_000);
      await running.ended;
    },
    says: /it failed on master-2: .*signal: killed[\s\S]*stays in progress on its node/,
    next: { what: 'hand' },
    take: async (stage, why) => {
      expect(why.after).toContain(`phase.force --phase ${upgrade2}`);
      await stage.do('phase.force', { phase: upgrade2 });
    },
    freed: toTheEnd,
  },
  {
    row: 'progress.lost',
    name: 'gravity was killed here while a phase ran on another node: its part there ended with it',
    phase: upgrade2,
    arrange: async (stage) => {
      await atMaster2(stage);
      const running = await under(stage, upgrade2, 20_000);
      running.kill();
      await running.ended;
    },
    says: /the part that ran on master-2 ended with it, and the phase stays in progress there[\s\S]*refuses to run it again without --force/,
    next: { what: 'hand' },
    take: async (stage, why) => {
      expect(stage.stateOf(upgrade2)).toBe('unstarted');
      expect(why.after).toContain(`phase.force --phase ${upgrade2}`);
      expect(why.after).toContain(`phase.rollback --phase ${upgrade2}`);
      // The refusal reconciles: the plan here shows it in progress from then on, and the answer stays.
      await refused(stage, `plan execute --phase=${upgrade2}`);
      await stage.look();
      isNow(stage, upgrade2, 'in_progress');
      const again = await stage.ask({ phase: upgrade2 });
      expect([again.id, again.next.what]).toEqual(['progress.lost', 'hand']);
      await stage.do('phase.force', { phase: upgrade2 });
    },
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
      // What another shell left there is known here once a command has reconciled.
      await refused(stage, `plan execute --phase=${upgrade2}`);
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
      // Past its usual time: before it the judge takes it for running.
      await stage.pass(30_000);
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
    row: 'progress.unseen',
    name: 'only the update agent of the node died: what it began may go on by itself',
    phase: upgrade2,
    arrange: async (stage) => {
      await atMaster2(stage);
      const running = await under(stage, upgrade2, 2_000);
      await stage.say('agent-down', 'master-2');
      await stage.pass(1_000);
      await running.ended;
    },
    says: /the connection to the update agent of master-2 broke: the work there continues by itself, or has stopped/,
    next: { what: 'hand' },
    take: async (stage, why) => {
      expect(why.after).toContain(`phase.force --phase ${upgrade2}`);
      await stage.pass(120_000);
      await works(stage, 'agent deploy');
      await stage.look('agents');
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
    says: /running for 3s.*\nthe run r1 .* is running it/,
    next: { what: 'wait' },
    take: async (stage, why) => {
      expect(why.question).toBe('What is /init/master-1 doing?');
      await stage.pass(60_000);
    },
    freed: async (stage) => isNow(stage, '/init/master-1', 'completed'),
  },
  {
    row: 'progress.running',
    name: 'a leaf that runs on another node, of which the plan here shows nothing',
    phase: '/init/worker-1',
    arrange: (stage) => under(stage, '/init/worker-1', 1_000),
    says: /running for 3s; such phases usually take 3s[^\n]*\nthe run r1 .* is running it on worker-1/,
    next: { what: 'wait' },
    take: async (stage) => {
      isNow(stage, '/init/worker-1', 'unstarted');
      await stage.pass(60_000);
    },
    freed: async (stage) => isNow(stage, '/init/worker-1', 'completed'),
  },
  {
    row: 'progress.running',
    name: 'a leaf that another shell runs, within its usual time: running, as the screen says',
    phase: upgrade1,
    arrange: async (stage) => {
      stage.complete(prepared, /master-1\/(kubelet|stepdown|drain)/);
      stage.start(['plan', 'execute', `--phase=${upgrade1}`]);
      await stage.pass(12_000);
    },
    says: /running for 12s.*\nit was started outside this agent/,
    next: { what: 'wait' },
    take: async (stage, why) => {
      expect(why.question).toBe(`What is ${upgrade1} doing?`);
      await stage.pass(120_000);
    },
    freed: async (stage) => isNow(stage, upgrade1, 'completed'),
  },
  {
    row: 'progress.check-failed',
    name: 'gravity ended with an error and left a phase of this machine in progress',
    phase: '/coredns',
    arrange: async (stage) => {
      stage.complete(/^\/(init|checks|pre-update|bootstrap)/);
      stage.world.arranged.set('/coredns', { postcheck: fault('coredns does not answer') });
      await stage.look();
      await stage.do('operation.step', { phase: '/coredns' });
    },
    says: /the run r1 .* ended with exit code 255, and nobody runs the phase any longer: .*coredns does not answer/,
    next: { what: 'hand' },
    take: async (stage, why) => {
      isNow(stage, '/coredns', 'in_progress');
      expect(why.after).toContain('phase.force --phase /coredns');
      stage.world.arranged.delete('/coredns');
      await stage.do('phase.force', { phase: '/coredns' });
    },
    freed: async (stage) => isNow(stage, '/coredns', 'completed'),
  },
  {
    row: 'progress.running',
    name: 'the node of a phase that stops its planet does not answer: it is not to be started by hand',
    phase: upgrade2,
    arrange: async (stage) => {
      // Its sibling is no work done in no time, which would make this one look late.
      stage.complete(prepared, /^\/masters\/master-1\/(?!system)/, /master-2\/drain/);
      await stage.gravity('plan', 'execute', `--phase=${upgrade1}`);
      await stage.look();
      const running = await stage.begin('operation.step', { phase: upgrade2 });
      await stage.pass(30_000);
      void running;
    },
    says: /running for 30s[^\n]*\nthe run r1 .* is running it on master-2/,
    next: { what: 'wait' },
    take: async (stage) => {
      expect(
        stage.state().health?.nodes.find(({ name }) => /192.168.1.12|master-2/.test(name))?.state,
      ).not.toBe('healthy');
      await stage.pass(60_000);
    },
    freed: async (stage) => isNow(stage, upgrade2, 'completed'),
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
    name: 'a drain failed, and the plan kept the innermost error only: the budget that keeps its pod is found all the same',
    phase: drain2,
    arrange: async (stage) => {
      stage.complete(prepared, firstMaster);
      await stage.say('evict-block', pod, 'on');
      await stage.look();
      await failing(stage, drain2, 'context deadline exceeded');
    },
    says: /it failed: context deadline exceeded[\s\S]*budget shop\/shop-db allows 0 disruptions[\s\S]*keeps pod shop\/shop-db-0/,
    next: { what: 'hand' },
    take: async (stage) => {
      await stage.say('evict-block', pod, 'off');
      await stage.say('fix', drain2);
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
];
