import { realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { systemCertificates } from './adapters/system/certificates.ts';
import { systemClock } from './adapters/system/clock.ts';
import { systemEnv } from './adapters/system/env.ts';
import { systemFiles } from './adapters/system/files.ts';
import { systemHttp } from './adapters/system/http.ts';
import { systemInterfaces } from './adapters/system/interfaces.ts';
import { systemLog } from './adapters/system/log.ts';
import { systemProcesses } from './adapters/system/processes.ts';
import { systemRandom } from './adapters/system/random.ts';
import { systemServer } from './adapters/system/server.ts';
import { openStore } from './adapters/system/store.ts';
import { systemStreams } from './adapters/system/streams.ts';
import { systemTerminal } from './adapters/system/terminal.ts';
import { systemUnits } from './adapters/system/units.ts';
import type { Context } from './commands/context.ts';
import { dispatch } from './commands/dispatch.ts';

declare const GRAVITY_CONSOLE_VERSION: string;

const context = makeContext();
const exitCode = await dispatch(context, process.argv.slice(2));
await context.streams.flush();
// Whatever a command left open must not keep the program alive.
process.exit(exitCode);

/** The one place where real things are made and handed to each other. */
function makeContext(): Context {
  const clock = systemClock();
  const processes = systemProcesses(clock);
  return {
    version: GRAVITY_CONSOLE_VERSION,
    clock,
    random: systemRandom(),
    env: systemEnv(),
    processes,
    http: systemHttp(clock),
    server: systemServer(),
    files: systemFiles(),
    units: systemUnits(processes),
    interfaces: systemInterfaces(),
    certificates: systemCertificates(),
    streams: systemStreams(),
    terminal: systemTerminal(),
    openStore,
    openLog: systemLog,
    ourselves: (argv) => ({
      path: process.execPath,
      argv: [realpathSync(fileURLToPath(import.meta.url)), ...argv],
    }),
    places: { temporary: tmpdir(), home: homedir(), cwd: workingDirectory() },
    // Beside the folder this file is in, be it src/ or dist/.
    assets: fileURLToPath(new URL('../assets', import.meta.url)),
  };
}

/** A deleted working directory makes process.cwd() throw; relative paths then start at the root. */
function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
}
