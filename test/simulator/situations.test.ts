import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fault } from '../../src/simulator/fault.ts';
import { OPERATIONS } from '../../src/simulator/plan/operations.ts';
import type { PlanDocument } from '../../src/simulator/plan-document.ts';
import { SITUATIONS } from '../../src/simulator/situations.ts';
import { statesOn } from '../../src/simulator/world.ts';
import { masked } from './masked.ts';
import { untouchedPlan } from './recorded-plan.ts';
import { arrange, openStage, type Stage, type StageOptions } from './stage.ts';

const ID = '5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d';
const YELLOW =
  "\u001b[33mCouldn't verify upgrade agents status. If some are offline, they won't be redeployed automatically\u001b[0m\n";

let stage: Stage;
const open = async (options: Partial<StageOptions> = {}): Promise<void> => {
  stage = await openStage({ plan: untouchedPlan('cli/plan-json.stdout'), ...options });
};
afterEach(() => stage.close());

const red = (text: string): string => `\u001b[31m[ERROR]: ${text}\n\u001b[0m`;
const stateOf = (id: string): string | undefined => statesOn(stage.cluster.world, 'master-1').get(id)?.state;

describe('a plan resumed in its unit', () => {
  beforeEach(() => open({ plan: operation('update', 1), situations: ['no-site'], duration: () => 100 }));

  test('says how to follow it, works in the background and is refused a second time', async () => {
    stage.cluster.world.arranged.set('/coredns', { execute: fault('coredns failed') });
    stage.clock.allow(0);
    const first = await stage.gravity(['plan', 'resume']);
    const launched =
      '\u001b[1mWHEN\u001b[0m\tStarting gravity-resume.service service\n' +
      '\u001b[1mWHEN\u001b[0m\tService gravity-resume.service has been launched.\n\n' +
      `To monitor the operation progress:\n\n  sudo gravity plan --operation-id=${ID} --tail\n\n` +
      'To monitor the service logs:\n\n  sudo journalctl -u gravity-resume.service -f\n\n';
    expect({ ...first, stdout: masked(first.stdout).text }).toEqual({
      code: 0,
      signal: null,
      stdout: YELLOW + launched,
      stderr: '',
    });
    const second = await stage.gravity(['plan', 'resume']);
    expect({ ...second, stdout: masked(second.stdout).text }).toEqual({
      code: 255,
      signal: null,
      stdout: `${YELLOW}\u001b[1mWHEN\u001b[0m\tStarting gravity-resume.service service\n`,
      stderr: red('service gravity-resume.service is already running'),
    });
    const failed = stage.moment('/coredns', 'failed');
    stage.clock.allow();
    await failed;
    const status = await stage.gravity(['status', '--output=json']);
    expect(JSON.parse(status.stdout).cluster.operation).toMatchObject({
      state: 'failed',
      progress: { message: 'Operation failure: coredns failed' },
    });
  });

  test('is what resume without --block does under its other names', async () => {
    stage.clock.allow(0);
    expect((await stage.gravity(['resume'])).stdout).toContain('gravity-resume.service has been launched');
    expect((await stage.gravity(['upgrade', '--resume'])).stderr).toBe(
      red('service gravity-resume.service is already running'),
    );
  });
});

describe('a question', () => {
  beforeEach(async () => {
    await open({ situations: ['recorded'] });
    await stage.gravity(['plan', 'execute', '--phase=/init']);
  });
  const rollback = (input: string) => stage.gravity(['rollback'], { input });
  const asked = (text: string): number => text.split('Proceed? (yes/no):\n').length - 1;

  test('answered with no cancels, and with yes goes on', async () => {
    expect(await rollback('no\n')).toMatchObject({
      code: 255,
      stderr: red('Operation has been cancelled by user.'),
    });
    expect(stateOf('/init/master-1')).toBe('completed');
    expect((await rollback('yes\n')).code).toBe(0);
    expect(stateOf('/init/master-1')).toBe('rolled_back');
  });

  test('loses what was piped behind an answer it does not know', async () => {
    const { code, stdout, stderr } = await rollback('maybe\nyes\n');
    expect({ code, times: asked(stdout), stderr }).toEqual({ code: 255, times: 2, stderr: red('EOF') });
  });

  test('takes no last line without its end', async () => {
    expect((await rollback('yes')).stderr).toBe(red('EOF'));
  });

  test('is asked again for each line that comes in time', async () => {
    const under = stage.start(['rollback'], { input: null });
    await under.said('Proceed? (yes/no):\n');
    under.started.writeStdin('maybe\n');
    await under.said('Proceed? (yes/no):\nProceed? (yes/no):\n');
    under.started.writeStdin('y\n');
    expect((await under.ended).code).toBe(0);
  });

  test('is not asked before a dry run', async () => {
    const { code, stdout } = await stage.gravity(['rollback', '--dry-run'], { input: 'maybe\nyes\n' });
    expect({ code, times: asked(stdout) }).toEqual({ code: 0, times: 0 });
    expect(stateOf('/init/master-1')).toBe('completed');
  });
});

describe('the wrong place or the wrong binary', () => {
  test.each([
    'plan execute --phase=/init',
    'plan resume --block',
    'plan rollback --phase=/init/master-1',
    'rollback --confirm',
  ])('gravity %s is refused by a binary of another version', async (words) => {
    await open();
    stage.cluster.gravityVersion = '7.0.12';
    const { code, stderr } = await stage.gravity(words.split(' '));
    expect(code).toBe(255);
    expect(stderr).toContain(
      'executed with the gravity binary of version "7.0.41-dev.6" while this binary is of version "7.0.12".',
    );
  });

  test.each(['plan', 'plan set --phase=/init/master-1 --state=completed', 'plan complete'])(
    'gravity %s is not',
    async (words) => {
      await open();
      stage.cluster.gravityVersion = '7.0.12';
      expect((await stage.gravity(words.split(' '))).code).toBe(0);
    },
  );

  test('a plan is not resumed where it does not lead', async () => {
    await open();
    stage.cluster.host = 'master-2';
    for (const words of [
      ['plan', 'resume'],
      ['plan', 'resume', '--block'],
      ['plan', 'execute', '--phase=/'],
    ]) {
      const { stderr } = await stage.gravity(words);
      expect(stderr).toBe(red('Plan must be resumed on node master-1/192.168.1.11'));
    }
  });

  test('a working directory that is gone is a panic of two', async () => {
    await open();
    const { code, stdout, stderr } = await stage.gone(['status']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^panic: .*\n\ngoroutine 1 \[running\]:\n/);
  });
});

describe('time that passes', () => {
  test('a long step is told of every ten seconds until it ends', async () => {
    await open({ duration: () => 61_000 });
    const { stdout } = await stage.gravity(['plan', 'execute', '--phase=/init/master-1']);
    const still = [10, 20, 30, 40, 50].map((seconds) => `${seconds} seconds`);
    expect(stdout.split('\n').filter((line) => line.startsWith('\t'))).toEqual(
      [...still, '1 minute'].map((span) => `\tStill executing "/init/master-1" locally (${span} elapsed)`),
    );
  });

  test('a step that is over, here or on another node, leaves nobody waiting', async () => {
    await open();
    await stage.gravity(['plan', 'execute', '--phase=/init']);
    const before = stage.cluster.world.clock.now();
    await stage.gravity(['plan']);
    expect(stage.cluster.world.clock.now() - before).toBeLessThanOrEqual(10_000);
  });

  test('an agent that is lost costs half a minute', async () => {
    await open();
    stage.cluster.world.agentsDown.add('worker-1');
    const before = stage.cluster.world.clock.now();
    await stage.gravity(['plan', 'execute', '--phase=/init/worker-1']);
    expect(stage.cluster.world.clock.now() - before).toBe(30_000);
  });

  test('an agent that is lost is deployed again before a plan is resumed', async () => {
    await open();
    stage.cluster.world.agentsDown.add('worker-1');
    const { code, stdout } = await stage.gravity(['plan', 'resume', '--block']);
    expect(code).toBe(0);
    expect(stdout).toContain('Deployed agent on worker-1 (192.168.1.101)');
  });
});

describe('operations of other kinds', () => {
  test('an environment stays open for the local copy after it was completed', async () => {
    await open({ plan: operation('environment', 1) });
    expect((await stage.gravity(['plan', 'resume', '--block'])).code).toBe(0);
    expect(stage.cluster.world.operation.state).toBe('completed');
    expect(await stage.gravity(['plan', 'execute', '--phase=/masters'])).toMatchObject({
      code: 0,
      stdout: '',
    });
    expect((await stage.gravity(['plan', 'complete'])).code).toBe(0);
    expect(stage.cluster.world.operation.state).toBe('completed');
  });

  test('a shrink has no plan to show, to execute or to roll back, and fails when it is completed', async () => {
    await open({ plan: operation('shrink', 3), held: true });
    const told = async (...words: string[]): Promise<string> =>
      (await stage.gravity(['plan', ...words])).stderr;
    expect(await told()).toBe(red('cannot display plan for "shrink" operation as it does not support plans'));
    expect(await told('execute', '--phase=/x')).toBe(
      red('operation type "operation_shrink" does not support plan execution'),
    );
    expect(await told('rollback', '--phase=/x')).toBe(
      red('operation type "operation_shrink" does not support plan rollback'),
    );
    expect(await told('complete')).toBe('');
    expect(stage.cluster.world).toMatchObject({ operation: { state: 'failed' }, clusterState: 'active' });
  });
});

describe('quiet', () => {
  test.each(['plan --output=json', 'plan', 'plan --tail', 'status'])(
    'gravity -q %s prints nothing',
    async (words) => {
      await open();
      for (const id of ['/init/master-1']) stage.cluster.world.arranged.delete(id);
      if (words === 'plan --tail') await stage.gravity(['plan', 'resume', '--block']);
      expect(await stage.gravity(['-q', ...words.split(' ')])).toEqual({
        code: 0,
        signal: null,
        stdout: '',
        stderr: '',
      });
    },
  );

  test('does not silence the steps of a phase', async () => {
    await open();
    const { stdout } = await stage.gravity(['-q', 'plan', 'execute', '--phase=/init/master-1']);
    expect(stdout).toContain('Executing "/init/master-1" locally\n');
  });
});

describe('the situations', () => {
  test.each(Object.keys(SITUATIONS))('%s leaves nothing behind when it ends', async (name) => {
    await open();
    const before = structuredClone(stage.cluster.situation);
    arrange(stage.cluster, name);
    expect(stage.cluster.situation).not.toEqual(before);
    arrange(stage.cluster, name, false);
    expect(stage.cluster.situation).toEqual(before);
  });
});

test('what a drain depends on is told by kubectl inside planet', async () => {
  await open();
  const pods = async (): Promise<string[]> => {
    const words = [
      'get',
      'pods',
      '--all-namespaces',
      '--field-selector=spec.nodeName=192.168.1.101',
      '--output=json',
    ];
    const { stdout } = await stage.gravity(['exec', 'kubectl', ...words]);
    return JSON.parse(stdout).items.map((item: { metadata: { name: string } }) => item.metadata.name);
  };
  expect(await pods()).toEqual(['dns-worker-1', 'shop-db-3', 'web-worker-1']);
  await stage.gravity(['plan', 'set', '--phase=/nodes/worker-1/drain', '--state=completed']);
  expect(await pods()).toEqual(['dns-worker-1']);
  const budgets = ['get', 'poddisruptionbudgets', '--all-namespaces', '--output=json'];
  const { stdout } = await stage.gravity(['exec', 'kubectl', ...budgets]);
  expect(JSON.parse(stdout).items[0].status.disruptionsAllowed).toBe(1);
});

function operation(name: string, masters: number): PlanDocument {
  const row = OPERATIONS[name];
  if (row === undefined) throw new Error(`there is no operation ${name}`);
  const createdMs = Date.parse('2026-11-22T10:21:25Z');
  return row.build({ masters, workers: 0, operationId: ID, cluster: 'demo.example.com', createdMs });
}
