import { expect } from 'vitest';
import { fault } from '../../src/simulator/fault.ts';
import { isNow, refused, type Story, works } from './story.ts';

/** Refusals of `plan rollback` and `gravity rollback` (engine-observed 4 and 5, engine.md 3). */
export const rollbackStories: readonly Story[] = [
  {
    row: 'rollback.unstarted',
    name: 'a phase that never ran',
    phase: '/init/master-1',
    arrange: (stage) => refused(stage, 'plan rollback --phase=/init/master-1'),
    says: /there is nothing to roll back/,
    next: { what: 'wait' },
    freed: (stage) => works(stage, 'plan execute --phase=/init/master-1'),
  },
  {
    row: 'rollback.already',
    name: 'a phase that is rolled back',
    phase: '/init/master-1',
    arrange: async (stage) => {
      await works(stage, 'plan execute --phase=/init/master-1');
      await works(stage, 'plan rollback --phase=/init/master-1');
      return refused(stage, 'plan rollback --phase=/init/master-1');
    },
    says: /there is nothing to roll back/,
    next: { what: 'wait' },
    freed: (stage) => works(stage, 'plan execute --phase=/init/master-1'),
  },
  {
    row: 'rollback.group',
    name: 'a group is not rolled back at once',
    phase: '/init',
    arrange: async (stage) => {
      await works(stage, 'plan execute --phase=/init');
      return refused(stage, 'plan rollback --phase=/init');
    },
    says: /single leaves only, the last first/,
    next: { what: 'action', action: 'phase.rollback', args: { phase: '/init' } },
    freed: async (stage) => isNow(stage, '/init', 'rolled_back'),
  },
  {
    row: 'rollback.dependents',
    name: 'phases that depend on it come first, the last of all first',
    phase: '/checks',
    arrange: async (stage) => {
      for (const phase of ['/init', '/checks', '/pre-update', '/bootstrap'])
        await works(stage, `plan execute --phase=${phase}`);
      return refused(stage, 'plan rollback --phase=/checks');
    },
    says: /\/bootstrap\/worker-2 comes first/,
    next: { what: 'action', action: 'phase.rollback', args: { phase: '/bootstrap/worker-2' } },
    freed: async (stage) => {
      for (;;) {
        const why = await stage.ask({ phase: '/checks', refusal: await refusedOr(stage, '/checks') });
        if (why.id !== 'rollback.dependents') break;
        await stage.do(why.next.action ?? '', why.next.args);
      }
      isNow(stage, '/checks', 'rolled_back');
    },
  },
  {
    row: 'rollback.no-agent',
    name: 'no update agent on the node of the leaf',
    phase: '/init/worker-1',
    arrange: async (stage) => {
      await works(stage, 'plan execute --phase=/init/worker-1');
      await stage.say('agent-down', 'worker-1');
      return refused(stage, 'plan rollback --phase=/init/worker-1');
    },
    says: /the update agent of worker-1 is offline/,
    next: { what: 'action', action: 'agent.deploy' },
    freed: (stage) => works(stage, 'plan rollback --phase=/init/worker-1'),
  },
  {
    row: 'rollback.type',
    name: 'garbage collection is not rolled back',
    stage: { operation: 'gc' },
    arrange: (stage) => refused(stage, 'rollback --confirm'),
    says: /no way back for/,
    next: { what: 'action', action: 'operation.step' },
    freed: async (stage) => {
      expectSome(stage.state().plan?.phases.some(({ state }) => state === 'completed'));
    },
  },
  {
    row: 'rollback.unanswered',
    name: 'the question of gravity rollback was answered by nobody',
    arrange: async (stage) => {
      await works(stage, 'plan execute --phase=/init/master-1');
      return refused(stage, 'rollback');
    },
    says: /asked whether to proceed/,
    next: { what: 'action', action: 'operation.rollback' },
    freed: async (stage) => isNow(stage, '/init/master-1', 'rolled_back'),
  },
  {
    row: 'leaf.failed',
    name: 'a rollback failed on another node, while the plan here still says completed',
    phase: '/bootstrap/worker-1',
    arrange: async (stage) => {
      stage.complete(/^\/(init|checks|pre-update|bootstrap)/);
      stage.world.arranged.set('/bootstrap/worker-1', { rollback: fault('no space left on device') });
      await stage.look();
      await stage.do('phase.rollback', { phase: '/bootstrap/worker-1' });
    },
    says: /its rollback failed on worker-1: .*no space left on device/,
    next: { what: 'hand' },
    take: async (stage, why) => {
      isNow(stage, '/bootstrap/worker-1', 'completed');
      expect(why.after).toContain('phase.rollback --phase /bootstrap/worker-1');
      stage.world.arranged.delete('/bootstrap/worker-1');
      await works(stage, 'plan rollback --phase=/bootstrap/worker-1');
    },
    freed: async (stage) => isNow(stage, '/bootstrap/worker-1', 'rolled_back'),
  },
];

async function refusedOr(stage: Parameters<Story['freed']>[0], phase: string): Promise<string | null> {
  const { code, err } = await stage.gravity('plan', 'rollback', `--phase=${phase}`);
  await stage.look();
  return code === 0 ? null : err;
}

function expectSome(found: boolean | undefined): void {
  if (found !== true) throw new Error('nothing was completed');
}
