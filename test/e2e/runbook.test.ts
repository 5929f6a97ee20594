import { afterAll, beforeAll, expect, test } from 'vitest';
import { command } from '../driver/command.ts';
import { keyOf } from '../driver/key-of.ts';
import type { App } from '../driver/terminal.ts';
import { type Watched, watched } from '../driver/watched.ts';

const patience = { timeout: 90_000 };
const drain = '/masters/master-2/drain';

let cluster: Watched;
let app: App;

beforeAll(async () => {
  cluster = await watched('--scenario=drain-fails', '--speed=200');
  app = cluster.open(['--screen=plan'], { columns: 80, rows: 24 });
  await app.sees(/×.*drain/);
}, 90_000);
afterAll(() => cluster.end());

test(
  'from a failed drain ? shows the page, a digit runs a check, and its output is seen',
  patience,
  async () => {
    app.press(keyOf('follow', 'plan'), keyOf('help'));
    await app.sees(`runbook of ${drain}`);
    await app.sees('2 disruption budgets');
    app.press('2');
    await app.sees('ALLOWED DISRUPTIONS');
    await app.sees(/shop-db +\S+ +\S+ +0 /);
    app.press('Esc');
    await app.sees(/×.*drain/);
    expect(await cluster.runs()).toEqual(['phase.check']);
  },
);

test('another ? goes on to the keys, and Esc closes', patience, async () => {
  app.press(keyOf('help'));
  await app.sees(`runbook of ${drain}`);
  app.press(keyOf('help', 'runbook'));
  await app.sees(`open runbook for ${drain}`);
  app.press('Esc');
  await app.loses('open runbook for');
  await app.sees(/×.*drain/);
});

test('the same check is done from a script, and explain says why and how', patience, async () => {
  const at = ['--agent', `unix:${cluster.dir}/agent.sock`];
  const done = await command(['do', 'phase.check', `--phase=${drain}`, '--check=pods', '--wait', ...at]);
  expect(done).toMatchObject({ exitCode: 0 });
  expect(done.stdout).toMatch(/web-master-2 +1\/1 +Running/);
  const explained = await command(['explain', drain, ...at]);
  expect(explained.stdout).toContain('Drain a node (drain_node)');
  expect(explained.stdout).toMatch(
    /bin\/gravity exec kubectl get pods .*--field-selector=spec\.nodeName=\S+\.12/,
  );
  expect(explained.stdout).toContain(`Why `);
});

test('what does not belong to the phase is refused with what does', patience, async () => {
  const at = ['--agent', `unix:${cluster.dir}/agent.sock`];
  const refused = await command(['do', 'phase.check', `--phase=${drain}`, '--check=jobs', ...at]);
  expect(refused.exitCode).toBe(4);
  expect(refused.stderr).toContain('its checks are pods, budgets, nodes, events, etcd, agents');
});
