import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordingText } from '../recordings.ts';
import { planOf, SETTINGS, situationsOf } from './cli-settings.ts';
import { masked } from './masked.ts';
import { openStage, type Stage } from './stage.ts';
import { RECORDED_VERSION } from './story.ts';

type Recorded = { name: string; argv: string[]; code: number };

const recorded = recordingText('cli/INDEX.tsv')
  .split('\n')
  .filter((line) => line !== '')
  .map(asCommand);

test('every recorded command has its setting', () => {
  const homeless = recorded.filter(
    ({ name }) => SETTINGS.filter(({ names }) => names.test(name)).length !== 1,
  );
  expect(homeless).toEqual([]);
});

describe.each(SETTINGS)('commands say what the recorded ones said: $title', (setting) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ plan: planOf(setting), situations: situationsOf(setting) });
    stage.cluster.gravityVersion = RECORDED_VERSION;
    setting.opening?.(stage);
  });
  afterAll(() => stage.close());

  test.each(recorded.filter(({ name }) => setting.names.test(name)))(
    '$name',
    async ({ name, argv, code }) => {
      setting.before?.[name]?.(stage);
      const said = await stage.gravity(argv);
      expect({ code: said.code, stdout: masked(said.stdout), stderr: masked(said.stderr) }).toEqual({
        code,
        stdout: masked(recordingText(`cli/${name}.stdout`)),
        stderr: masked(recordingTextOr(`cli/${name}.stderr`)),
      });
    },
  );
});

/** The words after whatever started the command: a time limit, another user, a bare machine. */
function asCommand(line: string): Recorded {
  const [name = '', words = '', code = ''] = line.split('\t');
  const argv = words.replace(/ \(the failed phase.*$/, '').replace(/^(.*\b)?(gravity|bare) /, '');
  return { name, argv: argv.split(' '), code: Number(code.replace('rc=', '')) };
}

function recordingTextOr(path: string): string {
  try {
    return recordingText(path);
  } catch {
    return '';
  }
}
