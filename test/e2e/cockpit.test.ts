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
  'w says why the drain failed and what to do; Enter opens the card of the advised step, and confirmed it works',
  patience,
  async () => {
    app.press(keyOf('why'));
    await app.sees(/^ 1 {2}it failed: .*ago$/m);
    await app.sees(/^ 2 {2}disruption budget shop\/shop-db allows 0 disruptions/m);
    await app.sees(/Next safe step +make another replica/);
    app.press('Enter');
    await app.sees('it is not done from here');

    // Whoever owns the pods made room for it; asked again, the answer is another.
    await cluster.simulate('fix', drain);
    await cluster.simulate('evict-block', 'shop-db', 'off');
    app.press(keyOf('why', 'why'));
    await app.sees(/Enter opens Step, which asks first/);
    app.press('Enter');
    await app.sees(`Step ${drain}`);
    await app.sees(noMarked);
    expect(await cluster.runs()).toEqual([]);
    await operator.confirm();
    await app.sees(/✓ drain/);
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
    await app.sees('[ Continue ]');
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
