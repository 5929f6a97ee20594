import { isDeepStrictEqual } from 'node:util';
import { commandsIn, give, openSetting, SETTINGS } from './cli-settings.ts';
import { recorded, type Steady, steady } from './recorded-command.ts';
import { CHAPTERS, commandsOf, openChapter, tell } from './story.ts';

/** One recorded command beside what the simulated gravity said to it. */
export type Comparison = { name: string; equal: boolean; said: Steady; wanted: Steady };

/** Tells the whole story of recordings/story on the executable, chapter after chapter. */
export async function compareStory(): Promise<Comparison[]> {
  const all: Comparison[] = [];
  for (const chapter of CHAPTERS) {
    const stage = await openChapter(chapter);
    for (const command of commandsOf(chapter)) {
      const said = steady(await tell(chapter, stage, command));
      all.push(compared(command.name, said, recorded(command)));
    }
    await stage.close();
  }
  return all;
}

/** Gives every command of recordings/cli in its setting. */
export async function compareCli(): Promise<Comparison[]> {
  const all: Comparison[] = [];
  for (const setting of SETTINGS) {
    const stage = await openSetting(setting);
    for (const command of commandsIn(setting)) {
      const said = steady(await give(setting, stage, command));
      all.push(compared(command.name, said, recorded(command)));
    }
    await stage.close();
  }
  return all;
}

function compared(name: string, said: Steady, wanted: Steady): Comparison {
  return { name, equal: isDeepStrictEqual(said, wanted), said, wanted };
}
