import { execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Operator, operatorOf } from '../driver/console.ts';
import type { App } from '../driver/terminal.ts';
import { type Watched, watched } from '../driver/watched.ts';

/*
 * What real nodes do (nodes-facts 1 to 5), seen from the lead: its own plan says nothing of what another node works on,
 * so the console has to know it otherwise.
 */
const plan = resolve(import.meta.dirname, '../recordings/plans/midway-3m2w.json');
const group = '/masters/master-2';
const upgrade = `${group}/system-upgrade`;

let cluster: Watched;
let app: App;
let operator: Operator;

beforeAll(async () => {
  cluster = await watched('--scenario=quiet', `--plan=${plan}`, '--speed=200');
  await cluster.do('operation.step', '--phase', `${group}/drain`);
  app = cluster.open(['--screen=plan'], { columns: 120, rows: 36 });
  operator = operatorOf(app);
});

afterAll(() => cluster.end());

test('a phase that runs on another node runs here at once, its outage is expected, its time is learned', {
  timeout: 240_000,
}, async () => {
  // The endpoint tells every 30 s what was collected every 30 s: an outage of two minutes is sure to be seen.
  await cluster.simulate('speed', '2');
  await operator.open('operation.step');
  await app.sees(`Step ${upgrade}`);
  await operator.confirm();
  await app.sees(/→ running/);
  await app.sees(/→ system-upgrade/);
  expect(await stateOn('master-1', upgrade)).toBe('unstarted');
  expect(await stateOn('master-2', upgrade)).toBe('in_progress');

  app.press('3');
  await app.sees(/master-2 .*EXPECTED/, 150_000);
  expect(app.screen()).not.toMatch(/UNEXPECTED/);

  await cluster.simulate('speed', '200');
  app.press('2');
  await app.sees(/✓ system-upgrade +\d\d:\d\d +\d+[ms]/);
  await operator.select('/masters/master-3/system-upgrade');
  await app.sees(/master-2 took \d+[ms]/);
});

test('a failure on another node is red when its run ends, and why knows it', {
  timeout: 120_000,
}, async () => {
  await cluster.simulate('fail', `${group}/elect`, 'no leader within 5m');
  await operator.select(`${group}/elect`);
  await operator.open('operation.step');
  await operator.confirm();
  await app.sees(/× elect/);
  await app.sees('× FAILED');
  app.press('w');
  await app.sees('no leader within 5m');
  await app.sees('Next safe step');
  app.press('Esc');
});

test('its group rolls back without leaving anything out', { timeout: 120_000 }, async () => {
  await reconciledAfter(`${group}/elect`);
  await operator.select(group);
  await operator.open('phase.rollback');
  await app.sees(new RegExp(`3: ${group}/elect, ${upgrade}, ${group}/drain`));
  await operator.confirm();
  await app.sees(/↩ master-2/);
  for (const phase of ['elect', 'system-upgrade', 'drain'])
    expect(await stateOn('master-1', `${group}/${phase}`)).toBe('rolled_back');
});

test('a gravity killed while another node works leaves that phase as it is described', {
  timeout: 180_000,
}, async () => {
  await cluster.simulate('fix', `${group}/elect`);
  await operator.select(`${group}/drain`);
  await operator.open('operation.step');
  await operator.confirm();
  await app.sees(/✓ drain/);
  await cluster.simulate('speed', '2');
  await operator.select(upgrade);
  await operator.open('operation.step');
  await operator.confirm();
  await app.sees(/→ running/);
  await eventually(async () => (await stateOn('master-2', upgrade)) === 'in_progress');
  process.kill(gravityAt(upgrade), 'SIGKILL');

  await app.sees(/no known runner/);
  app.press('w');
  await app.sees(/killed/);
  await app.sees(/without --force/);
  app.press('Esc');
  expect(await stateOn('master-2', upgrade)).toBe('in_progress');

  await cluster.simulate('speed', '200');
  await reconciledAfter(upgrade);
  await operator.select(upgrade);
  await operator.open('phase.force');
  await operator.confirm('master-2');
  await app.sees(/✓ system-upgrade/);
});

test('what another shell began 5 s ago heads the card, and stops what would destroy its work', {
  timeout: 120_000,
}, async () => {
  await cluster.simulate('speed', '2');
  const shell = spawn(join(cluster.dir, 'bin', 'gravity'), ['plan', 'execute', `--phase=${group}/elect`], {
    stdio: 'ignore',
  });
  const ended = new Promise((done) => shell.once('exit', done));
  await eventually(async () => (await stateOn('master-2', `${group}/elect`)) === 'in_progress');
  await operator.select(`${group}/elect`);
  await operator.open('operation.rollback');
  await app.sees(new RegExp(`${group}/elect is running`));
  await app.sees('started outside this agent');
  expect(app.screen()).not.toContain('Tab, then Enter');
  app.press('Esc');
  await cluster.simulate('speed', '200');
  await ended;
});

/** Until the agent has had gravity fetch what that step left on the other node: a rollback is refused meanwhile. */
async function reconciledAfter(phase: string): Promise<void> {
  app.press('6');
  await app.sees(new RegExp(`✓[^\\n]* Reconcile [^\\n]*\\n[^\\n]*Step ${phase} `));
  app.press('2');
}

function gravityOn(node: string): string {
  return join(cluster.dir, 'nodes', node, 'gravity');
}

/** The state of a leaf as `gravity plan` on this node has it. */
async function stateOn(node: string, phase: string): Promise<string> {
  const out = await new Promise<string>((done, fail) =>
    execFile(gravityOn(node), ['plan', '--output=json'], { maxBuffer: 1e7 }, (error, stdout) =>
      error ? fail(error) : done(stdout),
    ),
  );
  type Node = { id: string; state?: string; phases?: Node[] };
  const flat = (phases: Node[]): Node[] => phases.flatMap((each) => [each, ...flat(each.phases ?? [])]);
  const found = flat(JSON.parse(out).phases).find(({ id }) => id === phase);
  if (found === undefined) throw new Error(`${node} has no ${phase}`);
  return found.state ?? 'unstarted';
}

/** The process of the gravity that executes this phase for the agent. */
function gravityAt(phase: string): number {
  const pid = readdirSync('/proc').find((name) => {
    if (!/^\d+$/.test(name)) return false;
    const words = commandLine(name);
    return words.includes('execute') && words.includes(`--phase=${phase}`);
  });
  if (pid === undefined) throw new Error(`no gravity executes ${phase}`);
  return Number(pid);
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** Each question is a process of its own, so there is nothing to be told by; it is asked until the answer is yes. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((done) => setImmediate(done));
}
