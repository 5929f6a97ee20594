import { expect } from 'vitest';
import { isNow, refused, type Story, works } from './story.ts';

/** Leaves that wait for others or for their turn, and what is written into the record. */
export const leafStories: readonly Story[] = [
  {
    row: 'set.unknown-state',
    name: 'plan set with a state there is not',
    phase: '/init/master-1',
    arrange: (stage) => refused(stage, 'plan set --phase=/init/master-1 --state=done'),
    says: /only a leaf has a state of its own/,
    next: { what: 'hand' },
    take: (stage) => works(stage, 'plan set --phase=/init/master-1 --state=completed'),
    freed: async (stage) => isNow(stage, '/init/master-1', 'completed'),
  },
  {
    row: 'requires',
    name: 'a leaf far down the plan: the chain to the leaf that blocks',
    phase: '/masters/master-1/drain',
    arrange: async () => {},
    says: /^it waits for \/init\/master-1, which is unstarted\nit requires \/masters\/master-1\/stepdown, which requires /,
    next: { what: 'action', action: 'operation.step', args: { phase: '/init/master-1' } },
    freed: async (stage) => isNow(stage, '/init/master-1', 'completed'),
  },
  {
    row: 'requires',
    name: 'what blocks failed: why it failed is part of the chain',
    phase: '/masters/master-1/drain',
    arrange: async (stage) => {
      stage.complete(/^\/(init)/);
      await stage.say('fail', '/checks', 'The following checks failed: disk');
      await stage.gravity('plan', 'execute', '--phase=/checks');
    },
    says: /^it waits for \/checks, which is failed[\s\S]*The following checks failed/,
    next: { what: 'hand' },
    take: async (stage) => {
      await stage.say('fix', '/checks');
      await stage.do('operation.step', { phase: '/checks' });
    },
    freed: async (stage) => isNow(stage, '/checks', 'completed'),
  },
  {
    row: 'leaf.not-in-plan',
    name: 'a phase that is not in the plan',
    phase: '/nothing',
    arrange: async () => {},
    says: /no phase of that name/,
    next: { what: 'hand' },
    freed: (stage) => works(stage, 'plan execute --phase=/init/master-1'),
  },
  {
    row: 'leaf.completed',
    name: 'a completed leaf',
    phase: '/init/master-1',
    arrange: async (stage) => stage.complete(/^\/init/),
    says: /it is completed/,
    next: { what: 'wait' },
    freed: async (stage) => isNow(stage, '/init/master-1', 'completed'),
  },
  {
    row: 'leaf.no-agent',
    name: 'the update agent of the node is known to be gone before it is tried',
    phase: '/init/worker-1',
    arrange: async (stage) => {
      await stage.say('agent-down', 'worker-1');
      await stage.look('agents');
    },
    says: /it runs on worker-1, where no update agent answers/,
    next: { what: 'action', action: 'agent.deploy' },
    freed: (stage) => works(stage, 'plan execute --phase=/init/worker-1'),
  },
  {
    row: 'leaf.next',
    name: 'the operation as a whole, before its first leaf',
    arrange: async () => {},
    says: /0 of 86 leaves completed[\s\S]*ready to run: it is the next phase/,
    next: { what: 'action', action: 'operation.step', args: { phase: '/init/master-1' } },
    freed: async (stage) => isNow(stage, '/init/master-1', 'completed'),
  },
  {
    row: 'leaf.turn',
    name: 'a leaf that nothing holds and whose turn comes later',
    phase: '/init/master-3',
    arrange: async () => {},
    says: /its turn comes after \/init\/master-1/,
    next: { what: 'action', action: 'operation.step' },
    freed: async (stage) => isNow(stage, '/init/master-1', 'completed'),
  },
  {
    row: 'leaf.next',
    name: 'a leaf that is next, asked about on another master: what is advised is what may be done there',
    stage: { host: 'master-2' },
    phase: '/init/master-1',
    arrange: async () => {},
    says: /ready to run: it is the next phase/,
    next: { what: 'hand' },
    take: async (stage, why) => {
      expect(why.next.text).toContain('log in on master-1');
      await stage.say('on-node', 'master-1');
      await stage.look();
      await stage.do('operation.step', { phase: '/init/master-1' });
    },
    freed: async (stage) => isNow(stage, '/init/master-1', 'completed'),
  },
];
