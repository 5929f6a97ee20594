import { expect } from 'vitest';
import type { Autopilot } from '../../src/protocol/autopilot.ts';
import { aBreakpoint, anAutopilot } from '../actions/a-cluster.ts';
import { firstMaster, prepared } from './arranging.ts';
import { isNow, type Story, works } from './story.ts';
import type { StoryStage } from './story-stage.ts';

const drain2 = '/masters/master-2/drain';

/** An autopilot that ann armed for this operation, or as it is said. */
function pilot(stage: StoryStage, said: Partial<Autopilot> | null): void {
  const seen = new Date(stage.clock.now()).toISOString();
  const operation = stage.state().plan?.operation.id ?? null;
  const autopilot = said === null ? null : { ...anAutopilot({ since: seen }), operation, ...said };
  stage.record({ kind: 'autopilot.changed', seen, autopilot, by: null });
}

/** The autopilot was resumed and has run the phase. */
async function flown(stage: StoryStage, phase: string): Promise<void> {
  pilot(stage, {});
  await works(stage, `plan execute --phase=${phase}`);
}

/** Before the second master, with the autopilot paused there. */
const pausedThere = (said: Partial<Autopilot>) => async (stage: StoryStage) => {
  stage.complete(prepared, firstMaster);
  await stage.look();
  // What another shell changed just now keeps the autopilot from resuming.
  await stage.pass(20_000);
  const operation = stage.state().plan?.operation.id ?? null;
  const breakpoint = { ...aBreakpoint('phase:/masters/master-2'), operation };
  stage.record({ kind: 'breakpoint.set', seen: breakpoint.set, breakpoint });
  pilot(stage, { state: 'paused', ...said });
};

const atBreakpoint = {
  hold: 'breakpoint',
  breakpoint: 'phase:/masters/master-2',
  phase: drain2,
  sentence: 'breakpoint: /masters/master-2 would begin now',
} as const;

/** What an autopilot is paused for, or waits for, and how it continues. */
export const autopilotStories: readonly Story[] = [
  {
    row: 'autopilot.breakpoint',
    name: 'the operation as a whole, with the autopilot paused at a breakpoint',
    arrange: pausedThere(atBreakpoint),
    says: /paused here: breakpoint before \/masters\/master-2, set by ann at 11:59:00/,
    next: { what: 'action', action: 'autopilot.go-on' },
    take: async (stage, why) => {
      expect(why.after).toContain('breakpoint.clear --id phase:/masters/master-2');
      await flown(stage, drain2);
    },
    freed: async (stage) => isNow(stage, drain2, 'completed'),
  },
  {
    row: 'requires',
    name: 'a phase that comes after the breakpoint waits for it too',
    phase: '/masters/master-2/elect',
    arrange: pausedThere(atBreakpoint),
    says: /it waits for \/masters\/master-2\/drain[\s\S]*paused here: breakpoint before \/masters\/master-2/,
    next: { what: 'action', action: 'autopilot.go-on' },
    take: (stage) => flown(stage, drain2),
    freed: async (stage) => isNow(stage, drain2, 'completed'),
  },
  {
    row: 'autopilot.paused',
    name: 'the failure it is paused at was repaired by hand',
    phase: drain2,
    arrange: pausedThere({
      hold: 'failure',
      phase: '/masters/master-1/untaint',
      sentence: '/masters/master-1/untaint failed: exit status 1',
    }),
    says: /the autopilot is paused since .*: \/masters\/master-1\/untaint failed/,
    next: { what: 'action', action: 'autopilot.go-on' },
    take: (stage) => flown(stage, drain2),
    freed: async (stage) => isNow(stage, drain2, 'completed'),
  },
  {
    row: 'autopilot.paused',
    name: 'the outage it is paused for is not over',
    phase: drain2,
    arrange: async (stage) => {
      await stage.say('probe', 'worker-1', 'docker', 'failed', 'docker.sock: connection refused');
      await pausedThere({ hold: 'outage', sentence: 'worker-1: docker fails for more than 120 s' })(stage);
    },
    says: /paused since .*docker fails/,
    next: { what: 'hand' },
    take: async (stage, why) => {
      expect(why.next.text).toContain('worker-1');
      expect(why.after).toContain('autopilot.go-on');
      await stage.say('probe', 'worker-1', 'docker', 'running');
      await stage.look();
      expect((await stage.ask({ phase: drain2 })).next).toMatchObject({ action: 'autopilot.go-on' });
      await flown(stage, drain2);
    },
    freed: async (stage) => isNow(stage, drain2, 'completed'),
  },
  {
    row: 'autopilot.armed',
    name: 'it waits for something, and says for what',
    phase: drain2,
    arrange: async (stage) => {
      stage.complete(prepared, firstMaster);
      await stage.look();
      pilot(stage, { sentence: 'waits for the plan to be read after /masters/master-1/untaint' });
    },
    says: /armed by ann, runs the plan: waits for the plan to be read/,
    next: { what: 'wait' },
    take: (stage) => flown(stage, drain2),
    freed: async (stage) => isNow(stage, drain2, 'completed'),
  },
  {
    row: 'leaf.failed',
    name: 'a failure explains itself, and the paused autopilot stands beside it',
    phase: '/checks',
    arrange: async (stage) => {
      stage.complete(/^\/init/);
      await stage.say('fail', '/checks', 'the hamster fell off its wheel');
      await stage.gravity('plan', 'execute', '--phase=/checks');
      await stage.look();
      pilot(stage, { state: 'paused', hold: 'failure', phase: '/checks', sentence: '/checks failed' });
    },
    says: /hamster[\s\S]*the autopilot is paused since .*: \/checks failed; autopilot\.go-on resumes it/,
    next: { what: 'hand' },
    take: async (stage) => {
      await stage.say('fix', '/checks');
      await flown(stage, '/checks');
    },
    freed: async (stage) => isNow(stage, '/checks', 'completed'),
  },
  {
    row: 'leaf.next',
    name: 'somebody stopped the autopilot',
    phase: drain2,
    arrange: async (stage) => {
      stage.complete(prepared, firstMaster);
      await stage.look();
      pilot(stage, null);
      await stage.ran('autopilot.stop');
    },
    says: /ready to run[\s\S]*the autopilot was stopped by root/,
    next: { what: 'action', action: 'operation.step', args: { phase: drain2 } },
    freed: async (stage) => isNow(stage, drain2, 'completed'),
  },
];
