import { afterAll, beforeAll, expect, test } from 'vitest';
import { operatorOf } from '../driver/console.ts';
import { type Watched, watched } from '../driver/watched.ts';

let cluster: Watched;
beforeAll(async () => {
  cluster = await watched('--scenario=drain-fails', '--speed=2000');
});
afterAll(() => cluster.end());

test('completing an upgrade half way says that it is marked FAILED, and which nodes are on which version', {
  timeout: 60_000,
}, async () => {
  const app = cluster.open(['--screen=plan']);
  await app.sees(/× drain/);
  await operatorOf(app).open('operation.complete');
  await app.sees(
    /leaves are not completed: this marks the upgrade FAILED and reactivates the cluster\s+with nodes on two versions/,
  );
  await app.sees('new system software: master-1');
  await app.sees('system software of before: master-2, master-3, worker-1, worker-2');
  await app.sees('Type demo.example.com to confirm');
  expect(app.screen()).not.toMatch(/etcd/);
  app.press('Esc');
  await app.loses('risk:');
  expect(await cluster.runs()).toEqual([]);
});
