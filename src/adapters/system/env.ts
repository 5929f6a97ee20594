import type { Env } from '../../ports.ts';

/** The environment this process was started with. */
export function systemEnv(): Env {
  return { get: (name) => process.env[name], all: () => ({ ...process.env }) };
}
