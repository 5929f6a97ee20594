import type { Files } from '../ports.ts';

const usual = '/var/lib/gravity';

/** Where gravity keeps its state: `/etc/.gravity.config` tells when that is not the usual place (satellite.md 1). */
export async function gravityStateDirectory({ files }: { files: Files }): Promise<string> {
  try {
    const locator: unknown = JSON.parse((await files.readText('/etc/.gravity.config')) ?? '{}');
    if (typeof locator !== 'object' || locator === null) return usual;
    const { stateDir }: { stateDir?: unknown } = locator;
    return typeof stateDir === 'string' && stateDir.startsWith('/') ? stateDir : usual;
  } catch {
    return usual;
  }
}
