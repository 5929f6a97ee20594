import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemEnv } from '../../src/adapters/system/env.ts';
import { systemFiles } from '../../src/adapters/system/files.ts';
import { systemHttp } from '../../src/adapters/system/http.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import { systemRandom } from '../../src/adapters/system/random.ts';
import { systemStreams } from '../../src/adapters/system/streams.ts';
import { systemTerminal } from '../../src/adapters/system/terminal.ts';
import type { Context } from '../../src/commands/context.ts';
import { dispatch } from '../../src/commands/dispatch.ts';
import type { Terminal } from '../../src/ports.ts';

/** The console on the real agent at SOCKET; at the first key it throws, or, as BUG says, can no longer draw. */
const clock = systemClock();
const context: Partial<Context> = {
  clock,
  random: systemRandom(),
  env: systemEnv(),
  processes: systemProcesses(clock),
  http: systemHttp(clock),
  files: systemFiles(),
  streams: systemStreams(),
  terminal: brokenTerminal(systemTerminal()),
  places: { temporary: '/tmp', home: '/', cwd: '/' },
  assets: '/no/assets',
};
// What the console asks for is there; a whole context is more than a bug needs.
process.exit(await dispatch(context as Context, ['--agent', `unix:${process.env.SOCKET}`]));

function brokenTerminal(terminal: Terminal): Terminal {
  let resized = () => {};
  let broken = false;
  const fail = (): never => {
    throw new Error('a bug of ours');
  };
  return {
    ...terminal,
    onInput: (take) =>
      terminal.onInput((chunk) => {
        if (chunk !== 'j') return take(chunk);
        if (process.env.BUG === 'throws') fail();
        broken = true;
        resized();
      }),
    onResize: (run) => {
      resized = run;
      return terminal.onResize(run);
    },
    size: () =>
      broken
        ? Object.defineProperties(terminal.size(), { columns: { get: fail }, rows: { get: fail } })
        : terminal.size(),
  };
}
