import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Operator, operatorOf } from '../driver/console.ts';
import { digitOf, keyOf } from '../driver/key-of.ts';
import type { App } from '../driver/terminal.ts';
import { type Watched, watched } from '../driver/watched.ts';

const patience = { timeout: 90_000 };
const drain = '/masters/master-2/drain';
const noMarked = /\[ No \] +Yes +Tab, then Enter/;

let cluster: Watched;
let app: App;
let operator: Operator;

beforeAll(async () => {
  cluster = await watched('--scenario=drain-fails', '--speed=200');
  app = cluster.open(['--screen=plan', '--utc'], { columns: 130, rows: 40 });
  operator = operatorOf(app);
  await app.sees(/× drain/);
}, 60_000);

afterAll(() => cluster.end());

test(
  'w says why the drain failed and what to do next; Enter opens a card, and nothing is done',
  patience,
  async () => {
    app.press(keyOf('why'));
    await app.sees(/^ 1 {2}\S.*(?:ago|age unknown)$/m);
    expect(app.screen()).toMatch(/Next safe step +\S/);
    app.press('Esc');
    await app.loses('Next safe step');

    await operator.select('/masters/master-3/drain');
    app.press(keyOf('why'));
    await app.sees(/Enter opens \S+/);
    app.press('Enter');
    await app.sees(noMarked);
    app.press('Esc');
    await app.loses('risk:');
    expect(await cluster.runs()).toEqual([]);
  },
);

test('m writes a note, which shows at the phase and in its details with who wrote it', patience, async () => {
  await operator.select(drain);
  app.press('m');
  await app.sees('Write something down');
  app.press(...'waiting for the shop team', 'Enter');
  await app.sees(/drain {2}¶ note/);
  await app.sees(/Z \S+: waiting for the/);
});

test(
  'b sets a breakpoint at the selected phase, its mark shows, and it is cleared again',
  patience,
  async () => {
    await operator.select('/etcd');
    app.press('b');
    await app.sees('[ Go on ]');
    app.press('Enter');
    await app.sees(/etcd ▸ {2}‖ breakpoint/);

    app.press(digitOf('operations'));
    await app.sees(/‖ before \/etcd, set by/);
    app.press(digitOf('plan'), ':', ...'breakpoint.clear', 'Enter');
    await app.sees(/breakpoint +\[phase:\/etcd\]/);
    app.press('Enter');
    await app.loses(/‖ breakpoint/);
  },
);
