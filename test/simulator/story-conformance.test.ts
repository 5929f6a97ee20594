import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ARTEFACTS } from './artefacts.ts';
import { recorded, steady } from './recorded-command.ts';
import type { Stage } from './stage.ts';
import { CHAPTERS, commandsOf, openChapter, tell } from './story.ts';

describe.each(CHAPTERS)('the story is told word for word: $title', (chapter) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openChapter(chapter);
  });
  afterAll(() => stage.close());

  test.each(commandsOf(chapter))('$name', async (command) => {
    const said = steady(await tell(chapter, stage, command));
    if (ARTEFACTS[command.name] === undefined) expect(said).toEqual(recorded(command));
    else expect(said).not.toEqual(recorded(command));
  });
});
