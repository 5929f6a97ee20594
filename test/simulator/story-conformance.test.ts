import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordingText } from '../recordings.ts';
import { masked } from './masked.ts';
import { openStage, type Stage, type Told } from './stage.ts';
import { CHAPTERS, RECORDED_VERSION } from './story.ts';

describe.each(CHAPTERS)('the story is told word for word: $title', (chapter) => {
  const { from, to, duration, before = {}, told = {} } = chapter;
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({
      plan: chapter.plan(),
      situations: ['recorded'],
      ...(duration && { duration }),
    });
    stage.cluster.gravityVersion = RECORDED_VERSION;
    await chapter.opening?.(stage);
  });
  afterAll(() => stage.close());

  test.each(commands(from, to))('$name', async ({ name, argv, code }) => {
    const number = name.slice(0, 2);
    await before[number]?.(stage);
    const said = await (told[number]?.(stage) ?? stage.gravity(argv));
    expect(steady(said)).toEqual({
      code,
      stdout: masked(recordingText(`story/${name}.stdout`)),
      stderr: masked(recordingText(`story/${name}.stderr`)),
    });
  });
});

function steady({ code, stdout, stderr }: Told) {
  return { code, stdout: masked(stdout), stderr: masked(stderr) };
}

/** The commands of a chapter in the order they ended, as recordings/story/INDEX.tsv lists them. */
function commands(from: string, to: string): { name: string; argv: string[]; code: number }[] {
  return recordingText('story/INDEX.tsv')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([name = '']) => name >= from && name.slice(0, 2) <= to)
    .map(([name = '', words = '', code = '']) => ({
      name,
      argv: words
        .replace(/^timeout \d+ /, '')
        .split(' ')
        .slice(1),
      code: Number(code.replace('rc=', '')),
    }));
}
