import { works } from './story.ts';
import type { StoryStage } from './story-stage.ts';

/** What is run before the first master. */
export const prepared = /^\/(init|checks|pre-update|bootstrap|coredns)/;
/** Every leaf about the first master. */
export const firstMaster = /^\/masters\/master-1/;
export const masters = /^\/masters/;
export const workers = /^\/nodes/;
export const upgrade1 = '/masters/master-1/system-upgrade';
export const drain2 = '/masters/master-2/drain';
export const upgrade2 = '/masters/master-2/system-upgrade';

/** Everything up to the upgrade of the second master's system is done. */
export const atMaster2 = async (stage: StoryStage) => {
  stage.complete(prepared, firstMaster, /master-2\/drain/);
  await stage.look();
};
export const toTheEnd = (stage: StoryStage) => works(stage, 'plan resume --block');

/** Begins a leaf as our own run, and looks while it is under way. */
export async function under(stage: StoryStage, phase: string, ms: number) {
  const running = await stage.begin('operation.step', { phase });
  await stage.pass(2_000);
  await stage.look();
  await stage.pass(ms);
  await stage.look();
  return running;
}

/** A leaf fails with a text, as our own run tried it. */
export async function failing(stage: StoryStage, phase: string, text: string): Promise<void> {
  await stage.say('fail', phase, text);
  await stage.do('operation.step', { phase });
  await stage.look();
}
