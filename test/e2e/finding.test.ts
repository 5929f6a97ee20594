import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { actionById } from '../../src/actions/table.ts';
import { helpEntries } from '../../src/console/help-entries.ts';
import { digitOf, keyOf } from '../driver/key-of.ts';
import type { App } from '../driver/terminal.ts';
import { type Watched, watched } from '../driver/watched.ts';

const patience = { timeout: 60_000 };

let cluster: Watched;
let app: App;

beforeAll(async () => {
  cluster = await watched('--scenario=quiet');
  app = cluster.open(['--screen=plan']);
  await app.sees('/init/master-1');
});
afterAll(() => cluster.end());
afterEach(() => app.press(keyOf('back'), digitOf('plan')));

test('three keys in one write move three lines', patience, async () => {
  app.press(keyOf('first'));
  await app.sees(/▌.*init/);
  app.press(keyOf('down').repeat(3));
  await app.sees(/▌.*master-3/);
});

test('? lists what can be pressed, and Enter on a line does it', patience, async () => {
  app.press(keyOf('help'));
  await app.sees(/open runbook for \/init\/master-/);
  const line = helpEntries('plan', '/init/master-1').findIndex(({ keys }) => keys === 'x');
  app.press(...Array<string>(line).fill(keyOf('down', 'help')));
  await app.sees(actionById('operation.step')?.help ?? '');
  app.press(keyOf('accept', 'help'));
  await app.sees('Step /init/master-');
  await app.sees('risk: change');
  app.press(keyOf('back', 'card'));
  await app.loses('risk:');
});

test(': finds a screen by its name and an action by gravity’s command', patience, async () => {
  app.press(keyOf('palette'), ...'history');
  await app.sees(/▌.*History/);
  app.press(keyOf('accept', 'palette'));
  await app.loses('/init/master-1');
  app.press(keyOf('palette'), ...'gravity plan complete');
  await app.sees(new RegExp(`▌.*${actionById('operation.complete')?.label}`));
  app.press(keyOf('accept', 'palette'));
  await app.sees('risk: destroy');
  app.press(keyOf('back', 'card'));
  await app.loses('risk:');
  expect(await cluster.runs()).toEqual([]);
});

test('/ searches the whole plan, says how many it found, and n and N go through them', patience, async () => {
  app.press(keyOf('search', 'list'), ...'drain', keyOf('accept', 'search'));
  await app.sees('5 matches');
  app.press(keyOf('match-next', 'list'));
  await app.sees('match 2 of 5');
  app.press(keyOf('match-previous', 'list'), keyOf('match-previous', 'list'));
  await app.sees('match 5 of 5');
  await app.sees(/│ \/nodes\/worker-2\/drain/);
});
