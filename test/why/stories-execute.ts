import { expect } from 'vitest';
import { isNow, refused, type Story, works } from './story.ts';
import type { StoryStage } from './story-stage.ts';

const prepared = /^\/(init|checks|pre-update|bootstrap|coredns)/;
const drain2 = '/masters/master-2/drain';
const upgrade2 = '/masters/master-2/system-upgrade';
const firstMaster = /^\/masters\/master-1/;

const readyForMaster2 = (stage: StoryStage) => stage.complete(prepared, firstMaster);

/** Refusals of `plan execute` and `plan resume` (engine-observed 2 and 6). */
export const executeStories: readonly Story[] = [
  {
    row: 'execute.no-phase-given',
    name: 'plan execute without a phase',
    arrange: (stage) => refused(stage, 'plan execute'),
    says: /missing PhaseID/,
    next: { what: 'action', action: 'operation.step' },
    freed: async (stage) => isNow(stage, '/init/master-1', 'completed'),
  },
  {
    row: 'execute.not-found',
    name: 'an id without its slash',
    arrange: (stage) => refused(stage, 'plan execute --phase=init'),
    says: /the plan has \/init/,
    next: { what: 'action', action: 'phase.execute', args: { phase: '/init' } },
    freed: async (stage) => isNow(stage, '/init', 'completed'),
  },
  {
    row: 'execute.completed',
    name: 'a completed phase, which gravity would run without a word',
    phase: '/init/master-1',
    arrange: async (stage) => {
      stage.complete(/^\/init/);
      return 'phase "/init/master-1" is already completed: nothing would run';
    },
    says: /ready to run: it is the next phase/,
    next: { what: 'action', action: 'operation.step', args: { phase: '/checks' } },
    freed: async (stage) => isNow(stage, '/checks', 'completed'),
  },
  {
    row: 'execute.group-step',
    name: 'a group cannot be stepped',
    phase: '/init',
    arrange: async () => '"/init" is a group: a step runs one leaf',
    says: /a step runs one leaf/,
    next: { what: 'action', action: 'phase.execute', args: { phase: '/init' } },
    freed: async (stage) => isNow(stage, '/init', 'completed'),
  },
  {
    row: 'execute.requires',
    name: 'a requirement that is not completed, down to the leaf that blocks',
    phase: '/checks',
    arrange: (stage) => refused(stage, 'plan execute --phase=/checks'),
    says: /\/init is unstarted/,
    next: { what: 'action', action: 'operation.step', args: { phase: '/init/master-1' } },
    freed: async (stage) => {
      await works(stage, 'plan execute --phase=/init');
      await works(stage, 'plan execute --phase=/checks');
    },
  },
  {
    row: 'execute.force-group',
    name: 'a group cannot be forced',
    phase: '/init',
    arrange: (stage) => refused(stage, 'plan execute --phase=/init --force'),
    says: /its state is computed from its leaves/,
    next: { what: 'action', action: 'phase.execute', args: { phase: '/init' } },
    freed: async (stage) => isNow(stage, '/init', 'completed'),
  },
  {
    row: 'execute.no-agent',
    name: 'no update agent on the node of the phase',
    phase: '/init/worker-1',
    arrange: async (stage) => {
      await stage.say('agent-down', 'worker-1');
      return refused(stage, 'plan execute --phase=/init/worker-1');
    },
    says: /the update agent of worker-1 is offline/,
    next: { what: 'action', action: 'agent.deploy' },
    freed: (stage) => works(stage, 'plan execute --phase=/init/worker-1'),
  },
  {
    row: 'execute.no-agent',
    name: 'no update agent because the node is off: the node comes first',
    phase: '/init/worker-1',
    arrange: async (stage) => {
      await stage.say('power', 'worker-1', 'off');
      return refused(stage, 'plan execute --phase=/init/worker-1');
    },
    says: /worker-1 does not answer/,
    next: { what: 'hand' },
    take: (stage) => stage.say('power', 'worker-1', 'on'),
    freed: (stage) => works(stage, 'plan execute --phase=/init/worker-1'),
  },
  {
    row: 'execute.in-progress',
    name: 'a leaf of another node that our own run left in progress: it failed there, and nobody is at it',
    phase: upgrade2,
    arrange: async (stage) => {
      readyForMaster2(stage);
      stage.complete(/master-2\/drain/);
      await stage.say('crash', upgrade2);
      await stage.look();
      const under = await stage.begin('operation.step', { phase: upgrade2 });
      await stage.pass(20_000);
      await stage.look();
      await stage.pass(60_000);
      await under.ended;
      await stage.look();
      return refused(stage, `plan execute --phase=${upgrade2}`);
    },
    says: /the run r1 .* ended with exit code 255, and nobody runs the phase any longer/,
    next: { what: 'action', action: 'phase.force', args: { phase: upgrade2 } },
    freed: async (stage) => {
      isNow(stage, upgrade2, 'completed');
      await works(stage, 'plan resume --block');
    },
  },
  {
    row: 'execute.in-progress',
    name: 'a leaf that is being run by us: it is never forced',
    phase: drain2,
    arrange: async (stage) => {
      readyForMaster2(stage);
      await stage.look();
      await stage.begin('operation.step', { phase: drain2 });
      await stage.pass(5_000);
      await stage.look();
      return refused(stage, `plan execute --phase=${drain2}`);
    },
    says: /the run r1 \(operation.step, by root\) is running it/,
    next: { what: 'wait' },
    take: (stage) => stage.pass(120_000),
    freed: async (stage) => isNow(stage, drain2, 'completed'),
  },
  {
    row: 'execute.in-progress',
    name: 'a leaf somebody in another shell runs: two processes on one plan',
    phase: drain2,
    arrange: async (stage) => {
      readyForMaster2(stage);
      await stage.look();
      stage.start(['plan', 'execute', `--phase=${drain2}`]);
      await stage.pass(5_000);
      await stage.look();
      return refused(stage, `plan execute --phase=${drain2}`);
    },
    says: /it was started outside this agent/,
    next: { what: 'wait' },
    take: (stage) => stage.pass(120_000),
    freed: async (stage) => isNow(stage, drain2, 'completed'),
  },
  {
    row: 'resume.elsewhere',
    name: 'the plan is resumed on another node than its lead master',
    arrange: (stage) => refused(stage, 'plan resume --block', 'master-2'),
    says: /its lead master is master-1/,
    next: { what: 'hand' },
    take: (stage) => stage.say('on-node', 'master-1'),
    freed: (stage) => works(stage, 'plan resume --block'),
  },
  {
    row: 'resume.running',
    name: 'the plan is being resumed already',
    arrange: async (stage) => {
      await stage.gravity('plan', 'resume');
      await stage.pass(5_000);
      await stage.look();
      return refused(stage, 'plan resume');
    },
    says: /one resume at a time/,
    next: { what: 'wait' },
    take: (stage) => stage.pass(3 * 3600_000),
    freed: async (stage) => isNow(stage, '/gc/worker-2', 'completed'),
  },
  {
    row: 'resume.installer',
    name: 'resume takes the operation for an installation',
    arrange: async (stage) => {
      await stage.say('situation', 'no-systemd', 'on');
      return refused(stage, 'plan resume');
    },
    says: /without that file or systemd/,
    next: { what: 'hand' },
    take: (stage) => works(stage, 'plan resume --block'),
    freed: async (stage) => isNow(stage, '/gc/worker-2', 'completed'),
  },
  {
    row: 'resume.installer',
    name: 'a resume that ran phases takes the upgrade for an installation: the next phase’s node has no update agent',
    arrange: async (stage) => {
      stage.complete(/^\/(init|checks|pre-update|bootstrap|coredns|masters)/);
      await stage.look();
      const resumed = await stage.begin('operation.resume');
      await stage.pass(20_000);
      await stage.say('agent-down', 'worker-1');
      await stage.pass(300_000);
      await resumed.ended;
      const [run] = stage.state().runs;
      expect(run?.sentence).toContain('failed to start service gravity-agent.service');
      return run?.sentence;
    },
    says: /never press Ctrl\+C twice there[\s\S]*found no update agent on worker-1, where \/nodes\/worker-1\/system-upgrade runs next/,
    next: { what: 'action', action: 'agent.deploy' },
    take: async (stage, why) => {
      expect(why.after).toContain('operation.resume');
      await stage.do('agent.deploy');
      await works(stage, 'plan resume --block');
    },
    freed: async (stage) => isNow(stage, '/gc/worker-2', 'completed'),
  },
];
