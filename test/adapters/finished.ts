import type { Finished } from '../../src/ports.ts';
import { recording, recordingText } from '../recordings.ts';

/** A run of a program that ended by itself. */
export function exited(
  exitCode: number,
  stdout: string | Uint8Array,
  stderr: string | Uint8Array = '',
): Finished {
  return {
    outcome: 'exited',
    exitCode,
    signal: null,
    stdout: Buffer.from(stdout),
    stderr: Buffer.from(stderr),
    durationMs: 200,
    cpuMs: 200,
    detail: null,
  };
}

/** A command of recordings/cli or recordings/story as its INDEX.tsv tells it. */
export type RecordedCommand = { folder: string; name: string; argv: string; finished: Finished };

export function recordedCommands(folder: 'cli' | 'story'): RecordedCommand[] {
  return recordingText(`${folder}/INDEX.tsv`)
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [name = '', argv = '', rc = ''] = line.split('\t');
      const [stdout, stderr] = ['stdout', 'stderr'].map((stream) => recording(`${folder}/${name}.${stream}`));
      return { folder, name, argv, finished: exited(Number(rc.slice(3)), stdout ?? '', stderr) };
    });
}
