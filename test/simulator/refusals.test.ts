import { describe, expect, test } from 'vitest';
import { createCluster } from '../../src/simulator/cluster/create-cluster.ts';
import { runGravity } from '../../src/simulator/gravity/run-gravity.ts';
import { healthRound } from '../../src/simulator/health/health-round.ts';
import { instantClock } from '../../src/simulator/instant-clock.ts';
import { newLife } from '../../src/simulator/life.ts';
import { readPlanDocument } from '../../src/simulator/plan-document.ts';
import { createWorld } from '../../src/simulator/world.ts';
import { recordingText } from '../recordings.ts';

const ID = '5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d';

/** Recordings in cli/ of commands on an update that has just begun, in situations the simulated cluster can be in. */
const told: { name: string; argv: string[]; code: number; uid?: number; agentsDown?: string }[] = [
  { name: 'exec-checks-unmet', argv: ['plan', 'execute', '--phase=/checks'], code: 255 },
  { name: 'exec-nosuch', argv: ['plan', 'execute', '--phase=/nosuch'], code: 255 },
  { name: 'exec-nophase', argv: ['plan', 'execute'], code: 255 },
  { name: 'exec-composite-force', argv: ['plan', 'execute', '--phase=/init', '--force'], code: 255 },
  {
    name: 'exec-remote-noagent',
    argv: ['plan', 'execute', '--phase=/init/worker-1'],
    code: 255,
    agentsDown: 'worker-1',
  },
  { name: 'rollback-unstarted', argv: ['plan', 'rollback', '--phase=/init/master-1'], code: 255 },
  { name: 'rollback-composite', argv: ['plan', 'rollback', '--phase=/masters'], code: 255 },
  { name: 'rollback-nophase', argv: ['plan', 'rollback'], code: 255 },
  { name: 'plan-dryrun-flag', argv: ['plan', 'rollback', '--phase=/init/master-1', '--dry-run'], code: 255 },
  { name: 'plan-badformat', argv: ['plan', '--output=xml'], code: 255 },
  { name: 'plan-bad-opid', argv: ['plan', '--operation-id=nosuch'], code: 255 },
  { name: 'plan-json', argv: ['plan', '--output=json'], code: 0 },
  { name: 'plan-yaml', argv: ['plan', '--output=yaml'], code: 0 },
  {
    name: 'plan-display-json-by-id',
    argv: ['plan', 'display', `--operation-id=${ID}`, '--output=json'],
    code: 0,
  },
  { name: 'status-op-id', argv: ['status', `--operation-id=${ID}`, '--output=json'], code: 0 },
  { name: 'status-op-id-quiet', argv: ['-q', 'status', `--operation-id=${ID}`], code: 0 },
  { name: 'status-quiet', argv: ['--quiet', 'status'], code: 0 },
  { name: 'status-token', argv: ['status', '--token'], code: 0 },
  { name: 'status-badformat', argv: ['status', '--output=yaml'], code: 0 },
  { name: 'status-tail', argv: ['status', '--tail'], code: 255 },
  { name: 'bare-version-json', argv: ['version', '--output=json'], code: 0 },
  { name: 'active-status-reset-noconfirm', argv: ['status-reset'], code: 255 },
  { name: 'nonroot-plan', argv: ['plan', '--output=json'], code: 255, uid: 65_534 },
];

describe('a command says what the recorded one said', () => {
  test.each(told)('$name', async ({ name, argv, code, uid = 0, agentsDown }) => {
    const said = { stdout: '', stderr: '' };
    const exit = await runGravity({
      cluster: justBegun(agentsDown),
      argv,
      uid,
      node: 'master-1',
      life: newLife(),
      out: (text) => {
        said.stdout += text;
      },
      err: (text) => {
        said.stderr += text;
      },
      readLine: async () => null,
    });
    expect({ exit, stdout: masked(said.stdout), stderr: said.stderr }).toEqual({
      exit: { code },
      stdout: masked(recordingText(`cli/${name}.stdout`)),
      stderr: recordingText(`cli/${name}.stderr`),
    });
  });
});

function justBegun(agentsDown: string | undefined) {
  const read = readPlanDocument(recordingText('cli/plan-json.stdout'));
  if ('refused' in read) throw new Error(read.refused);
  const clock = instantClock(Date.parse(read.plan.created_at) + 300_000);
  const cluster = createCluster(createWorld({ plan: read.plan, clock }));
  cluster.gravityVersion = '7.0.41-dev.6';
  if (agentsDown !== undefined) cluster.world.agentsDown.add(agentsDown);
  healthRound(cluster);
  return cluster;
}

/** Only how long ago something was may differ. */
function masked(text: string): string {
  return text.replace(/\([^()]* ago\)/g, '(AGO)');
}
