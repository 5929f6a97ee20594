import { describe, expect, test } from 'vitest';
import { commandTable } from '../../src/commands/table.ts';
import { oneShot } from './one-shot.ts';

describe('a word that a command does not know is refused before anything is done', () => {
  const lines = [
    ...Object.keys(commandTable)
      .filter((name) => !['', 'do', 'simulate', 'explain', 'completion', 'keep'].includes(name))
      .map((name) => `${name} extra`),
    ...['agent install', 'agent uninstall', 'agent status', 'agent stop', '--ascii extra', '--utc extra'],
    ...['explain /init extra', 'completion bash extra', 'keep /dir extra', 'do agent.status extra'],
    ...['simulate up extra', 'simulate reboot master-1 extra', 'simulate etcd down extra'],
  ];
  for (const line of lines) {
    test(line, async () => {
      const ended = await oneShot(line.split(' '));
      expect(ended).toMatchObject({ code: 2, out: '' });
      expect(ended.err).toContain(JSON.stringify(line.split(' ').at(-1)));
      expect(ended.err).toMatch(/Next: .*gravity-console/);
    });
  }
});
