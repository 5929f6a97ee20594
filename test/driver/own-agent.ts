/** What a console does that finds no agent, as a process of its own: `node own-agent.ts DIR`, prints what it was told. */
import { resolve } from 'node:path';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemEnv } from '../../src/adapters/system/env.ts';
import { systemHttp } from '../../src/adapters/system/http.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import type { Context } from '../../src/commands/context.ts';
import { type OwnAgentPlace, startOwnAgent } from '../../src/commands/start-own-agent.ts';
import { contextOf } from '../commands/one-shot.ts';

/** Everything real, but no systemd: a session of its own it is. */
export function consoleContext(): Context {
  const clock = systemClock();
  const ports = {
    clock,
    env: systemEnv(),
    processes: systemProcesses(clock),
    http: systemHttp(clock),
    units: {
      available: async () => false,
      start: async () => ({ ok: true as const }),
      state: async () => null,
    },
    ourselves: (argv: readonly string[]) => ({
      path: process.execPath,
      argv: [resolve(import.meta.dirname, '../../bin/gravity-console.mjs'), ...argv],
    }),
  };
  return contextOf({ ports }, { out: '', err: '' });
}

export function placeIn(dir: string): OwnAgentPlace {
  const flags = [`--listen=unix:${dir}/agent.sock`, `--state-dir=${dir}/state`, '--units=none'];
  return { stateDir: `${dir}/state`, socket: `${dir}/agent.sock`, flags };
}

if (import.meta.main) {
  const sentence = await startOwnAgent(consoleContext(), placeIn(process.argv[2] ?? ''));
  process.stdout.write(`${JSON.stringify({ sentence })}\n`);
  // What a console leaves open must not keep it alive.
  process.exit(0);
}
