import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { statesOn } from '../../src/simulator/world.ts';
import { type RunningCluster, runningCluster } from './running-cluster.ts';

const FAST = 5000;

let flown: RunningCluster;
beforeEach(async () => {
  flown = await runningCluster(FAST);
});
afterEach(() => flown.close());

describe('the executable gravity', () => {
  test('shows the plan of a cluster that has just begun its update', async () => {
    const { code, stdout } = await flown.gravity(['plan', '--output=json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).phases[0].id).toBe('/init');
    expect(stdout).not.toContain('"state"');
  });

  test('refuses what the real one refuses, in red, with 255 and nothing on standard output', async () => {
    expect(await flown.gravity(['plan', 'execute', '--phase=/checks'])).toEqual({
      code: 255,
      signal: null,
      stdout: '',
      stderr: '\u001b[31m[ERROR]: required phase "/init" is not completed\n\u001b[0m',
    });
  });

  test('is flown from a failing drain to the end', async () => {
    await flown.say('fail', '/masters/master-2/drain', 'budget', 'shop-db', 'allows', '0');
    const failing = await flown.gravity(['plan', 'resume', '--block']);
    expect(failing.code).toBe(255);
    expect(failing.stderr).toContain('failed to execute phase "/masters"\n\tbudget shop-db allows 0');
    const shown = await flown.gravity(['plan']);
    expect(shown.stdout).toContain(
      'The /masters/master-2/drain phase ("Drain node \\"master-2\\"") has failed',
    );
    const dependent = await flown.gravity(['plan', 'execute', '--phase=/masters/master-2/system-upgrade']);
    expect(dependent.stderr).toContain('required phase "/masters/master-2/drain" is not completed');
    await flown.say('fix', '/masters/master-2/drain');
    expect((await flown.gravity(['plan', 'rollback', '--phase=/masters/master-2/drain'])).code).toBe(0);
    expect((await flown.gravity(['plan', 'execute', '--phase', '/masters/master-2/drain'])).code).toBe(0);
    expect((await flown.gravity(['plan', 'resume', '--block'])).code).toBe(0);
    // The health agents see it a round later.
    await expect
      .poll(async () => JSON.parse((await flown.gravity(['status', '--output=json'])).stdout).cluster, {
        timeout: 10_000,
      })
      .toMatchObject({ state: 'active', application: { version: '2.5.0' } });
    const after = await flown.gravity(['plan', 'complete']);
    expect(after.stderr).toContain('no active operation found');
  });

  test('does in the background what it is not told to block on, once at a time', async () => {
    await flown.say('speed', 'pause');
    expect((await flown.gravity(['plan', 'resume'])).code).toBe(0);
    const second = await flown.gravity(['plan', 'resume']);
    expect(second.stderr).toContain('service gravity-resume.service is already running');
  });
});

describe('the gravity of another node', () => {
  test('shows the copy of its own node', async () => {
    expect((await flown.gravity(['plan', 'execute', '--phase=/init/worker-1'])).code).toBe(0);
    const shown = async (node?: string): Promise<string> =>
      (await flown.gravity(['plan', '--output=short'], '', node)).stdout;
    expect(await shown()).toMatch(/✓ worker-1 /);
    expect(await shown('worker-1')).toMatch(/✓ worker-1 /);
    expect(await shown('master-2')).not.toContain('✓');
  });

  test('runs the leaves of the lead on the lead', async () => {
    const { code, stdout } = await flown.gravity(
      ['plan', 'execute', '--phase=/init/master-1'],
      '',
      'master-2',
    );
    expect(code).toBe(0);
    expect(stdout).toContain('Executing "/init/master-1" on remote node master-1\n');
  });
});

describe('verbs about other nodes', () => {
  test('somebody in a shell on another node does what the lead then fetches', async () => {
    const done = workOn('/init/worker-2', 'executed');
    await flown.say('shell-on', 'worker-2', 'plan execute --phase=/init/worker-2');
    await done;
    await expect.poll(() => stateOf('/init/worker-2', 'worker-2')).toBe('completed');
    expect(stateOf('/init/worker-2')).toBeUndefined();
    expect((await flown.gravity(['plan', 'execute', '--phase=/none'])).code).toBe(255);
    expect(stateOf('/init/worker-2')).toBe('completed');
  });

  test('a node that is not there is named', async () => {
    expect(await flown.say('shell-on', 'worker-9', 'plan')).toMatchObject({
      status: 422,
      answer: { refused: expect.stringContaining('there is no node "worker-9"') },
    });
  });

  test('the gravity told to run a phase elsewhere is killed in it', async () => {
    await flown.say('kill', '/init/worker-1');
    const killed = await flown.gravity(['plan', 'execute', '--phase=/init/worker-1']);
    expect(killed).toMatchObject({ signal: 'SIGKILL', stderr: '' });
    expect(stateOf('/init/worker-1')).toBeUndefined();
    expect(stateOf('/init/worker-1', 'worker-1')).toBe('in_progress');
  });
});

describe('a killed gravity', () => {
  test('leaves its local leaf in progress', async () => {
    await flown.say('speed', '1');
    const began = workOn('/init/master-1', 'began');
    const abandoned = workOn('/init/master-1', 'abandoned');
    const started = flown.start(['plan', 'execute', '--phase=/init/master-1']);
    await began;
    started.kill('SIGKILL');
    expect(await started.exited).toMatchObject({ signal: 'SIGKILL' });
    await abandoned;
    expect(stateOf('/init/master-1')).toBe('in_progress');
    const again = await flown.gravity(['plan', 'execute', '--phase=/init/master-1']);
    expect(again.stderr).toContain(
      'phase "/init/master-1" is in progress, use --force flag to force execution',
    );
  });

  test('takes what it began on another node with it, and its own node knows nothing of that', async () => {
    await flown.say('speed', '1');
    const began = workOn('/init/worker-1', 'began');
    const abandoned = workOn('/init/worker-1', 'abandoned');
    const started = flown.start(['plan', 'execute', '--phase=/init/worker-1']);
    await began;
    started.kill('SIGKILL');
    await abandoned;
    await started.exited;
    expect(stateOf('/init/worker-1')).toBeUndefined();
    expect(stateOf('/init/worker-1', 'worker-1')).toBe('in_progress');
    const again = await flown.gravity(['plan', 'execute', '--phase=/init/worker-1']);
    expect(again).toMatchObject({ code: 255, stdout: '' });
    expect(again.stderr).toContain('phase "/init/worker-1" is in progress, use --force flag');
    expect(stateOf('/init/worker-1')).toBe('in_progress');
  });

  test('dies by the signal when the phase was arranged to crash', async () => {
    await flown.say('crash', '/init/master-1');
    expect((await flown.gravity(['plan', 'execute', '--phase=/init/master-1'])).signal).toBe('SIGKILL');
    expect(stateOf('/init/master-1')).toBe('in_progress');
  });
});

function workOn(id: string, moment: string): Promise<void> {
  return new Promise((resolve) => {
    flown.cluster.world.watchers.add((phase, now) => {
      if (phase.id === id && now === moment) resolve();
    });
  });
}

function stateOf(id: string, node = 'master-1'): string | undefined {
  return statesOn(flown.cluster.world, node).get(id)?.state;
}
