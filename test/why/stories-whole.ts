import { expect } from 'vitest';
import { planAbsence } from '../../src/model/plan-absence.ts';
import { isNow, refused, type Story, works } from './story.ts';
import type { StoryStage } from './story-stage.ts';

const everything = /^\//;
const toTheEnd = (stage: StoryStage) => stage.gravity('plan', 'resume', '--block');

/** The operation as a whole, the place, the program, and leaves that are simply not yet due. */
export const wholeStories: readonly Story[] = [
  {
    row: 'plan.locked',
    name: 'another gravity holds the database, and the plan cannot be read',
    arrange: async (stage) => {
      await stage.say('lock', '45', 'local');
    },
    says: /is locked, is another instance running/,
    next: { what: 'wait' },
    take: (stage) => stage.pass(60_000),
    freed: async (stage) => expect(stage.state().sources.plan.state).toBe('good'),
  },
  {
    row: 'operation.no-plan',
    name: 'the operation was created and its plan was not',
    arrange: async (stage) => {
      stage.world.plan.phases.splice(0);
    },
    says: /making its plan failed/,
    next: { what: 'action', action: 'operation.complete' },
    freed: async (stage) => expect(stage.state().status?.state).toBe('active'),
  },
  {
    row: 'operation.without-plan',
    name: 'the same, by the words of gravity plan',
    arrange: async (stage) => {
      stage.world.plan.phases.splice(0);
      return (await stage.gravity('plan')).err;
    },
    says: /nothing of it was run/,
    next: { what: 'action', action: 'operation.complete' },
    freed: async (stage) => expect(stage.state().status?.state).toBe('active'),
  },
  {
    row: 'plan.unread',
    name: 'the commands are given by somebody who is not root',
    arrange: (stage) => stage.say('situation', 'not-root', 'on'),
    says: /should be run as root/,
    next: { what: 'hand' },
    take: (stage) => stage.say('situation', 'not-root', 'off'),
    freed: async (stage) => expect(stage.state().sources.plan.state).toBe('good'),
  },
  {
    row: 'cluster.busy-for-nothing',
    name: 'the cluster says updating for ever, and no operation is open',
    arrange: async (stage) => {
      await toTheEnd(stage);
      stage.world.clusterState = 'updating';
    },
    says: /no operation is open that could end it/,
    next: { what: 'action', action: 'cluster.status-reset' },
    freed: async (stage) => expect(stage.state().status?.state).toBe('active'),
  },
  {
    row: 'operation.nothing-open',
    name: 'all is done and the update agents are left',
    arrange: async (stage) => {
      stage.complete(everything);
      await works(stage, 'plan complete');
      await stage.look('agents');
    },
    says: /update agents are left on master-1/,
    next: { what: 'action', action: 'agent.shutdown' },
    freed: async (stage) => {
      await stage.look('agents');
      expect((await stage.ask({})).next).toMatchObject({ what: 'wait' });
    },
  },
  {
    row: 'operation.all-done',
    name: 'the last leaf was stepped by hand, and the operation is still open',
    arrange: async (stage) => {
      stage.complete(everything);
    },
    says: /phases run one by one never close the operation/,
    next: { what: 'action', action: 'operation.complete' },
    freed: async (stage) => {
      expect(stage.state().status).toMatchObject({ state: 'active', operation: { state: 'completed' } });
      expect((await stage.ask({})).next).toMatchObject({ what: 'action', action: 'agent.shutdown' });
    },
  },
  {
    row: 'operation.rolled-back',
    name: 'everything is rolled back: the agents are left',
    arrange: async (stage) => {
      await works(stage, 'plan execute --phase=/init');
      await works(stage, 'rollback --confirm');
      await stage.look('agents');
    },
    says: /^rolled back completely at 12:\d\d:\d\d: the upgrade is over/,
    next: { what: 'action', action: 'agent.shutdown' },
    freed: async (stage) => {
      await stage.look('agents');
      expect((await stage.ask({})).next).toMatchObject({ what: 'wait' });
    },
  },
  {
    row: 'operation.rolled-back',
    name: 'a phase of an operation that is rolled back and over: nothing is advised',
    phase: '/masters/master-2/drain',
    arrange: async (stage) => {
      await works(stage, 'plan execute --phase=/init');
      await works(stage, 'rollback --confirm');
      await works(stage, 'agent shutdown');
      await stage.look('agents');
    },
    says: /^rolled back completely at .*\nthe cluster is active$/,
    next: { what: 'wait' },
    take: async (_stage, why) => expect([why.next.text, why.after]).toEqual(['no action needed', null]),
    freed: async (stage) => expect(stage.state().status?.state).toBe('active'),
  },
  {
    row: 'leaf.next',
    name: 'every phase that ran was rolled back one by one: the operation is still on',
    arrange: async (stage) => {
      await works(stage, 'plan execute --phase=/init/master-1');
      await works(stage, 'plan rollback --phase=/init/master-1');
    },
    says: /it was rolled back, and may be run again/,
    next: { what: 'action', action: 'operation.step', args: { phase: '/init/master-1' } },
    freed: async (stage) => isNow(stage, '/init/master-1', 'completed'),
  },
  {
    row: 'cluster.reset-midway',
    name: 'somebody reset the cluster’s state in the middle of its upgrade',
    arrange: async (stage) => {
      await works(stage, 'plan execute --phase=/init');
      stage.world.clusterState = 'active';
    },
    says: /record says active, while its operation is update_in_progress[\s\S]*start none of them/,
    next: { what: 'action', action: 'operation.step' },
    take: (stage) => works(stage, 'plan resume --block'),
    freed: async (stage) => expect(stage.state().status?.operation?.state).toBe('completed'),
  },
  {
    row: 'operation.nothing-open',
    name: 'a healthy cluster on which nothing was done since it was installed',
    arrange: (stage) => stage.say('situation', 'idle', 'on'),
    says: /nothing is waiting/,
    next: { what: 'wait' },
    take: async (stage) => {
      expect(stage.state().sources.plan.problem?.code).toBe('gravity.no-plan');
      expect(planAbsence(stage.state())).toBe('idle');
    },
    freed: async (stage) => expect(stage.state().status?.state).toBe('active'),
  },
  {
    row: 'operation.abandoned',
    name: 'the upgrade failed and was left so for a night: the cluster is updating for ever',
    arrange: async (stage) => {
      await stage.say('fail', '/checks', 'The following checks failed: disk');
      await toTheEnd(stage);
      await stage.say('fix', '/checks');
      await stage.pass(9 * 3600_000);
    },
    says: /joins and removals are refused[\s\S]*nothing moved for 9h/,
    next: { what: 'action', action: 'operation.rollback' },
    freed: async (stage) => expect(stage.state().status?.state).toBe('active'),
  },
  {
    row: 'place.elsewhere',
    name: 'the console is on the second master, and the upgrade is led from the first',
    stage: { host: 'master-2' },
    arrange: async () => {},
    says: /its lead master is master-1[\s\S]*this is master-2/,
    next: { what: 'hand' },
    take: (stage) => stage.say('on-node', 'master-1'),
    freed: async (stage) => {
      await stage.do('operation.step');
      isNow(stage, '/init/master-1', 'completed');
    },
  },
  {
    row: 'place.other-binary',
    name: 'the gravity at hand is of the installed version',
    arrange: (stage) => stage.say('binary', '7.0.12'),
    says: /the plan wants gravity 7\.0\.30/,
    next: { what: 'hand' },
    take: (stage) => stage.say('binary', stage.world.plan.gravity_package.version),
    freed: async (stage) => {
      await stage.do('operation.step');
      isNow(stage, '/init/master-1', 'completed');
    },
  },
  {
    row: 'binary.other',
    name: 'the same, by the words of plan execute',
    arrange: async (stage) => {
      await stage.say('binary', '7.0.12');
      return refused(stage, 'plan execute --phase=/init/master-1');
    },
    says: /the plan wants gravity 7\.0\.30/,
    next: { what: 'hand' },
    take: (stage) => stage.say('binary', stage.world.plan.gravity_package.version),
    freed: (stage) => works(stage, 'plan execute --phase=/init/master-1'),
  },
  {
    row: 'binary.none',
    name: 'no gravity is found',
    arrange: async () => 'no gravity binary was found',
    says: /no gravity binary was found/,
    next: { what: 'action', action: 'operation.step' },
    freed: async (stage) => isNow(stage, '/init/master-1', 'completed'),
  },
  {
    row: 'place.inside-planet',
    name: 'the command was given inside gravity shell',
    arrange: async () => 'gravity plan execute must be run outside of planet container',
    says: /outside of planet/,
    next: { what: 'hand' },
    freed: (stage) => works(stage, 'plan execute --phase=/init/master-1'),
  },
  {
    row: 'place.not-root',
    name: 'the command was not given by root',
    arrange: async (stage) => {
      await stage.say('situation', 'not-root', 'on');
      return refused(stage, 'plan execute --phase=/init/master-1');
    },
    says: /belongs to root/,
    next: { what: 'hand' },
    take: (stage) => stage.say('situation', 'not-root', 'off'),
    freed: (stage) => works(stage, 'plan execute --phase=/init/master-1'),
  },
  {
    row: 'place.read-only',
    name: 'this agent only reads',
    arrange: async () => 'this agent is read-only',
    says: /read-only/,
    next: { what: 'hand' },
    freed: (stage) => works(stage, 'plan execute --phase=/init/master-1'),
  },
  {
    row: 'operation.none',
    name: 'the last operation is completed',
    arrange: async (stage) => {
      await toTheEnd(stage);
      return refused(stage, 'plan execute --phase=/init');
    },
    says: /the upgrade is completed/,
    next: { what: 'wait' },
    freed: async (stage) => expect(stage.state().status?.state).toBe('active'),
  },
  {
    row: 'operation.without-steps',
    name: 'a removal has no plan',
    stage: { operation: 'shrink' },
    arrange: async (stage) => refused(stage, 'plan'),
    says: /gravity runs it to its end by itself/,
    next: { what: 'wait' },
    take: (stage) => stage.pass(300_000),
    freed: async (stage) => expect(stage.state().status?.state).toBe('active'),
  },
  {
    row: 'operation.shrink',
    name: 'a node is being removed',
    stage: { operation: 'shrink' },
    arrange: (stage) => stage.pass(5_000),
    says: /unregistering the node|shrink_in_progress/,
    next: { what: 'wait' },
    take: async (stage) => {
      expect(planAbsence(stage.state())).toBe('planless');
      await stage.pass(300_000);
    },
    freed: async (stage) => expect(stage.state().status?.state).toBe('active'),
  },
  {
    row: 'operation.shrink',
    name: 'a removal failed, and the node is half removed',
    stage: { operation: 'shrink' },
    arrange: async (stage) => {
      await stage.pass(5_000);
      await works(stage, 'plan complete');
    },
    says: /the node is half removed/,
    next: { what: 'hand' },
    take: async (stage) =>
      expect(await refused(stage, 'remove worker-2 --force --confirm')).toMatch(/not simulated/),
    freed: async (stage) => expect(stage.state().status?.state).toBe('active'),
  },
  {
    row: 'operation.join-failed',
    name: 'a join failed',
    stage: { operation: 'join-worker' },
    arrange: async (stage) => {
      await works(stage, 'plan complete');
    },
    says: /failed/,
    next: { what: 'hand' },
    freed: async (stage) => expect(stage.state().status?.state).toBe('active'),
  },
  {
    row: 'nodes.left-cordoned',
    name: 'the upgrade was closed half-way, and a node still takes no pods',
    arrange: async (stage) => {
      stage.complete(/^\/(init|checks|pre-update|bootstrap|coredns)/, /master-1\/(kubelet|stepdown|drain)/);
      await works(stage, 'plan complete');
    },
    says: /master-1 is left cordoned/,
    next: { what: 'hand' },
    take: (stage) => stage.say('cordon', 'master-1', 'off'),
    freed: async (stage) => expect((await stage.ask({})).id).not.toBe('nodes.left-cordoned'),
  },
  {
    row: 'nodes.left-cordoned',
    name: 'the phase that uncordons it may still run',
    arrange: async (stage) => {
      stage.complete(
        /^\/(init|checks|pre-update|bootstrap|coredns)/,
        /master-1\/(kubelet|stepdown|drain|system|elect|health|taint)/,
      );
      await works(stage, 'plan complete');
    },
    says: /master-1 is left cordoned/,
    next: { what: 'action', action: 'operation.step', args: { phase: '/masters/master-1/uncordon' } },
    freed: async (stage) => isNow(stage, '/masters/master-1/uncordon', 'completed'),
  },
  {
    row: 'sources.contradict',
    name: 'status was read before a node fell sick, and the health endpoint after',
    asRead: true,
    arrange: async (stage) => {
      await stage.say('probe', 'worker-1', 'docker', 'failed', 'docker.sock: connection refused');
      await stage.lookAt('health');
    },
    says: /worker-1: status says healthy, the health endpoint says degraded/,
    next: { what: 'wait' },
    take: (stage) => stage.look(),
    freed: async (stage) => expect((await stage.ask({})).id).toBe('leaf.next'),
  },
];
