import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemHttp } from '../../src/adapters/system/http.ts';
import { type Client, createClient } from '../../src/console/client.ts';
import { awaitState } from '../driver/agent-rig.ts';
import { command } from '../driver/command.ts';
import { type Daemon, startAgentOn, startDaemon } from '../driver/daemon.ts';

/** A simulated cluster of one master and an agent on it, both processes; consoles of two operators. */
const dir = mkdtempSync(join(tmpdir(), 'autopilot-'));
const http = systemHttp(systemClock());
const console = (user: string, door = 'agent'): Client =>
  createClient({
    http,
    socket: `${dir}/${door}.sock`,
    by: { user, from: null, tty: null, console: `console of ${user}` },
  });
const ann = console('ann');
const bob = console('bob');
let cluster: Daemon;
let agent: Daemon;
const startAgent = () => startAgentOn(cluster.ready, dir, ['--node=master-1']);

beforeAll(async () => {
  const words = ['--scenario=quiet', '--masters=1', '--workers=0', '--speed=1000'];
  cluster = await startDaemon(['simulate', 'up', '--dir', dir, ...words]);
  agent = await startAgent();
  // Long enough to be seen under way, however busy the machine is.
  await simulate('slow', '/pre-update', '100');
  await simulate('slow', '/masters/master-1/drain', '100');
  await awaitState(ann, ({ plan, health, status }) => plan && health && status);
}, 60_000);

afterAll(async () => {
  await agent.stop();
  await cluster.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function act(client: Client, action: string, args: Record<string, unknown> = {}): Promise<void> {
  const judged = await client.judge(action, args);
  if (!judged.ok) throw new Error(judged.failure.message);
  if (!judged.value.allowed) throw new Error(judged.value.reason ?? 'refused');
  const started = await client.start({
    judgementId: judged.value.id,
    requestId: judged.value.id,
    drive: true,
  });
  if (!started.ok) throw new Error(started.failure.message);
  expect(started.value.sentence).toBeNull();
}

async function simulate(...words: string[]): Promise<void> {
  const { exitCode, stderr } = await command(['simulate', ...words, '--dir', dir]);
  if (exitCode !== 0) throw new Error(stderr);
}

const holdsAt = (breakpoint: string) =>
  awaitState(ann, ({ autopilot }) => autopilot?.state === 'paused' && autopilot.breakpoint === breakpoint);

const steps = async () => {
  const answer = await ann.cluster();
  if (!answer.ok) throw new Error(answer.failure.message);
  // One that its agent wrote down and could not begin any more is no step.
  const own = answer.value.state.runs.filter(
    ({ action, startedAt }) => action === 'operation.step' && startedAt !== null,
  );
  return own.map((run) => run.steps[0]?.phase).toReversed();
};

test('an autopilot flies over a killed agent, steps nothing twice, and is stopped by anybody', {
  timeout: 180_000,
}, async () => {
  await act(ann, 'breakpoint.set', { phase: '/checks' });
  await act(ann, 'breakpoint.set', { phase: '/masters' });
  await act(ann, 'autopilot.arm');
  await holdsAt('phase:/checks');
  expect(await steps()).toEqual(['/init/master-1']);

  await act(ann, 'autopilot.go-on');
  await awaitState(ann, ({ plan }) =>
    plan?.phases.some(({ id, state }) => id === '/pre-update' && state === 'in_progress'),
  );
  const driven = await ann.cluster();
  expect(driven).toMatchObject({
    value: { state: { wheel: { holder: { user: 'autopilot, armed by ann' } } } },
  });
  agent.child.kill('SIGKILL');
  await new Promise((resolve) => agent.child.once('exit', resolve));
  agent = await startAgent();
  await holdsAt('phase:/masters');
  const upToMasters = ['/init/master-1', '/checks', '/pre-update', '/bootstrap/master-1', '/coredns'];
  expect(await steps()).toEqual(upToMasters);

  await act(ann, 'autopilot.go-on');
  await awaitState(ann, ({ runs }) =>
    runs.some(({ steps }) => steps[0]?.phase === '/masters/master-1/drain'),
  );
  const looked = await console('eve', 'watch').judge('autopilot.stop', {});
  expect(looked).toMatchObject({ ok: false, failure: { code: 'action.viewer' } });
  await act(bob, 'autopilot.stop');
  const { wheel, autopilot } = await awaitState(ann, (state) =>
    state.runs.every(({ state: now }) => now !== 'running') ? state : null,
  );
  expect([wheel.holder, autopilot]).toEqual([null, null]);
  expect((await steps()).at(-1)).toBe('/masters/master-1/drain');
});
