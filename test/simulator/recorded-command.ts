import { recordings, recordingText } from '../recordings.ts';
import { masked } from './masked.ts';
import type { Told } from './stage.ts';

/** A command of recordings/story or recordings/cli: the words after `gravity`, and the exit code it had. */
export type RecordedCommand = { folder: 'story' | 'cli'; name: string; argv: string[]; code: number };

/** What is compared of a command: its exit code and both streams, without what is another every time. */
export type Steady = {
  code: number | null;
  stdout: ReturnType<typeof masked>;
  stderr: ReturnType<typeof masked>;
};

/** The commands of a folder in the order its INDEX.tsv lists them. */
export function recordedCommands(folder: RecordedCommand['folder']): RecordedCommand[] {
  const lines = recordingText(`${folder}/INDEX.tsv`).split('\n');
  return lines.filter((line) => line !== '').map((line) => asCommand(folder, line));
}

/** The words after whatever started it: a time limit, another user, a bare machine; a remark behind them is none. */
function asCommand(folder: RecordedCommand['folder'], line: string): RecordedCommand {
  const [name = '', words = '', code = ''] = line.split('\t');
  const argv = words.replace(/ \(.*$/, '').replace(/^(.*\b)?(gravity|bare) /, '');
  return { folder, name, argv: argv.split(' '), code: Number(code.replace('rc=', '')) };
}

/** What the recorded command said. */
export function recorded({ folder, name, code }: RecordedCommand): Steady {
  return {
    code,
    stdout: masked(textOrNone(`${folder}/${name}.stdout`)),
    stderr: masked(textOrNone(`${folder}/${name}.stderr`)),
  };
}

/** What a command said now, in the same terms. */
export function steady({ code, stdout, stderr }: Told): Steady {
  return { code, stdout: masked(stdout), stderr: masked(stderr) };
}

function textOrNone(path: string): string {
  return recordings(path.split('/')[0] ?? '').includes(path) ? recordingText(path) : '';
}
