import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
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
afterEach(() => app.press(keyOf('back'), keyOf('back'), digitOf('plan')));

test('the operations are listed, and Enter tells how far the plan of one is', patience, async () => {
  app.press(digitOf('operations'));
  await app.sees(/▌.*upgrade/);
  app.press(keyOf('into', 'operations'));
  await app.sees(/plan +\d+\/\d+ leaves completed/);
});

test('a node has its day, every probe and its history', patience, async () => {
  app.press(digitOf('nodes'));
  await app.sees(/▌.*master-1/);
  app.press(keyOf('into', 'nodes'));
  await app.sees(/-24h /);
  for (let line = 0; line < 16; line += 1) app.press(keyOf('down'));
  await app.sees('kubelet');
});

test('the timeline has time from left to right, and its filter takes a node by name', patience, async () => {
  app.press(digitOf('history'));
  await app.sees(/^ plan /m);
  app.press(keyOf('search', 'list'), ...'node:master-2', keyOf('accept', 'search'));
  await app.sees(/\d+ match/);
  expect(await cluster.runs()).toEqual([]);
});
