import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { oneShot } from './one-shot.ts';

const cases: [string, string[]][] = [
  ['gravity-console pl', ['plan']],
  ['gravity-console --dr', ['--drive']],
  ['gravity-console --screen no', ['nodes']],
  ['gravity-console plan -o j', ['json']],
  ['gravity-console status --output y', ['yaml']],
  ['gravity-console demo --scenario etcd', ['etcd-dark']],
  ['gravity-console simulate reb', ['reboot']],
  ['gravity-console do phase.fo', ['phase.force']],
  // Without an agent no phase is known, and no action is offered in its place.
  ['gravity-console do phase.force --phase p', []],
  ['gravity-console completion z', ['zsh']],
];

test('bash completes commands, flags, values of flags and verbs', async () => {
  const { out } = await oneShot(['completion', 'bash']);
  const ask = cases.map(([line]) => {
    const words = line.split(' ').map((word) => JSON.stringify(word));
    return `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; COMPREPLY=(); _gravity_console; echo "\${COMPREPLY[*]}"`;
  });
  const script = ['gravity-console() { return 5; }', out, ...ask].join('\n');
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const replies = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ').filter(Boolean));
  expect(replies).toEqual(cases.map(([, words]) => words));
});
