import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandsIn, give, openSetting, SETTINGS } from './cli-settings.ts';
import { recorded, recordedCommands, steady } from './recorded-command.ts';
import type { Stage } from './stage.ts';

test('every recorded command has its setting, and only one', () => {
  const settingsOf = (name: string) => SETTINGS.filter(({ names }) => names.test(name));
  expect(recordedCommands('cli').filter(({ name }) => settingsOf(name).length !== 1)).toEqual([]);
});

describe.each(SETTINGS)('commands say what the recorded ones said: $title', (setting) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openSetting(setting);
  });
  afterAll(() => stage.close());

  test.each(commandsIn(setting))('$name', async (command) => {
    expect(steady(await give(setting, stage, command))).toEqual(recorded(command));
  });
});
