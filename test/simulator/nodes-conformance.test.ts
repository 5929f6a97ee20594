import { describe, expect, test } from 'vitest';
import { compareNodes } from './nodes-conformance.ts';
import { NODES_RECORDINGS } from './nodes-recording.ts';
import { compareNodesScript, isToldOneByOne } from './nodes-script.ts';

describe('commands on several nodes say and do, in every copy, what the real ones did', () => {
  test.each(NODES_RECORDINGS)('%s', async (folder) => {
    const { commands, copies, histories } = await compareNodes(folder);
    for (const { name, said, wanted } of [...commands, ...copies, ...histories].filter(({ equal }) => !equal))
      expect.soft({ name, said }).toEqual({ name, said: wanted });
    expect(commands.length).toBeGreaterThan(0);
  });
});

describe('told one by one as a script they leave every copy as it was left', () => {
  test.each(NODES_RECORDINGS.filter(isToldOneByOne))('%s', async (folder) => {
    for (const { name, said, wanted } of await compareNodesScript(folder))
      expect.soft({ name, said }).toEqual({ name, said: wanted });
  });
});
