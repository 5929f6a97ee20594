import { describe, expect, test } from 'vitest';
import { actions } from '../../src/actions/table.ts';
import { commandTable } from '../../src/commands/table.ts';
import { width } from '../../src/console/cells.ts';
import { SCENARIOS } from '../../src/simulator/scenarios.ts';
import { VERBS } from '../../src/simulator/verbs/verbs.ts';
import { oneShot } from './one-shot.ts';

const names = Object.keys(commandTable);

describe('help', () => {
  for (const line of ['--help', ...names.filter((name) => name !== '').map((name) => `${name} --help`)]) {
    test(`${line} fits 80 columns and names no type instead of a value`, async () => {
      const { code, out } = await oneShot(line.split(' '));
      expect(code).toBe(0);
      expect(out.split('\n').filter((each) => width(each) > 80)).toEqual([]);
      expect(out).not.toMatch(/\[(string|boolean|array|number)\]/);
    });
  }

  test('of the program has the flags of the console, every command, examples, and no verb of the simulator', async () => {
    const { out } = await oneShot(['--help']);
    const { flags } = (await commandTable['']?.()) ?? { flags: {} };
    for (const flag of Object.keys(flags)) expect(out).toContain(`--${flag}`);
    const listed = out.slice(out.indexOf('Commands:'));
    const rows = await Promise.all(names.map((name) => commandTable[name]?.()));
    for (const row of rows)
      if (row && row.name !== '') expect(listed.includes(`\n  ${row.name} `)).toBe(!row.hidden);
    for (const verb of Object.keys(VERBS)) expect(out).not.toMatch(new RegExp(`^ +${verb} `, 'm'));
    expect(out).toMatch(/Examples:\n {2}gravity-console/);
  });

  test('of demo and simulate lists every scenario with a line', async () => {
    for (const command of ['demo', 'simulate']) {
      const { out } = await oneShot([command, '--help']);
      for (const name of Object.keys(SCENARIOS)) expect(out).toMatch(new RegExp(`^  ${name} .*\\w`, 'm'));
    }
  });

  test('of simulate lists every verb, of do every action', async () => {
    const { out } = await oneShot(['simulate', '--help']);
    for (const verb of Object.keys(VERBS)) expect(out).toContain(`\n  ${verb} `);
    const acting = await oneShot(['do', '--help']);
    for (const { id } of actions) expect(acting.out).toContain(`\n  ${id} `);
  });
});
