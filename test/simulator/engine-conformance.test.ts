import { describe, expect, test } from 'vitest';
import { compareScript, ENGINE_SCRIPTS } from './engine-conformance.ts';

describe('every recorded script gives, command by command, what the real engine gave', () => {
  test.each(ENGINE_SCRIPTS)('%s', async (path) => {
    for (const { name, said, wanted } of await compareScript(path)) {
      expect({ name, said }).toEqual({ name, said: wanted });
    }
  });
});
