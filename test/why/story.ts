import { expect } from 'vitest';
import { failureSentence } from '../../src/agent/failure-sentence.ts';
import type { Why } from '../../src/protocol/why.ts';
import { openStory, type StageOptions, type StoryStage } from './story-stage.ts';

/**
 * One story: how it comes about, what is asked then, which row of the table of reasons answers with which telling cause
 * and which next step, how that step is taken, and how it shows that the cluster is free again.
 */
export type Story = {
  row: string;
  name: string;
  stage?: StageOptions;
  /** Gives the sentence that is asked about; no sentence where the state itself is the question. */
  arrange(stage: StoryStage): Promise<unknown>;
  phase?: string;
  node?: string;
  /** The question is asked on what arranging it has read; else everything is read once more. */
  asRead?: true;
  says: RegExp;
  next: { what: 'hand' | 'wait' } | { what: 'action'; action: string; args?: Record<string, unknown> };
  /** The hand work, or what is waited for; an action is taken by itself. */
  take?(stage: StoryStage, why: Why): Promise<unknown>;
  freed(stage: StoryStage): Promise<unknown>;
};

/** Tells a story and holds the answer to it. */
export async function tell(story: Story): Promise<void> {
  const stage = await openStory(story.stage);
  const arranged = await story.arrange(stage);
  const refusal = typeof arranged === 'string' ? arranged : null;
  if (story.asRead !== true) await stage.look();
  const why = await stage.ask({ phase: story.phase ?? null, node: story.node ?? null, refusal });
  expect({ id: why.id, next: why.next }, JSON.stringify(why, null, 1)).toMatchObject({
    id: story.row,
    next: story.next,
  });
  expect(why.causes.map(({ text }) => text).join('\n')).toMatch(story.says);
  wellFormed(why);
  if (why.next.what === 'action') {
    expect(why.next.commands.length, 'an advised action is one that judge allows').toBeGreaterThan(0);
    if (story.take === undefined) {
      const { code, err } = await stage.do(why.next.action ?? '', why.next.args);
      expect({ code, err }).toEqual({ code: 0, err: '' });
    }
  }
  await story.take?.(stage, why);
  await stage.look();
  await story.freed(stage);
}

/** Every answer has a cause with its source, and sentences an operator can read in one go. */
function wellFormed({ question, causes, next, after }: Why): void {
  expect(causes.length).toBeGreaterThan(0);
  expect(question).toMatch(/\?$/);
  for (const text of [question, next.text, after ?? 'nothing', ...next.commands]) {
    expect(text.trim()).not.toBe('');
    expect(text.length).toBeLessThanOrEqual(500);
  }
}

/** What a command is refused with, in one line, as the sentence of a run has it. */
export async function refused(stage: StoryStage, words: string, on?: string): Promise<string> {
  const argv = words.split(' ');
  const { code, err } = await (on === undefined ? stage.gravity(...argv) : stage.gravityOn(on, ...argv));
  expect(code, `gravity ${words} is refused`).toBe(255);
  return failureSentence(err);
}

/** The command that was refused succeeds. */
export async function works(stage: StoryStage, words: string): Promise<void> {
  const { code, err } = await stage.gravity(...words.split(' '));
  expect({ words, code, err }).toEqual({ words, code: 0, err: '' });
  await stage.look();
}

export function isNow(stage: StoryStage, id: string, state: string): void {
  expect({ id, state: stage.stateOf(id) }).toEqual({ id, state });
}
