import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { journalText } from '../../src/commands/journal-text.ts';
import type { Client } from '../../src/console/client.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import { agentRig, awaitEnd, awaitState, type Rig, removeRig } from '../driver/agent-rig.ts';
import { movesPlan } from '../driver/rig-gravity.ts';
import { type Simulated, simulated } from '../driver/simulated.ts';

async function start(client: Client, action: string, args: Record<string, unknown>): Promise<string> {
  await awaitState(client, ({ plan, status }) => plan !== null && status !== null);
  const judgement = await client.judge(action, args);
  if (!judgement.ok) throw new Error(judgement.failure.message);
  expect(judgement.value.reason).toBeNull();
  const { id: judgementId } = judgement.value;
  const answer = await client.start({ judgementId, requestId: `${action} ${judgementId}`, drive: true });
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.value.id;
}

const stateOf = ({ plan }: Pick<Cluster, 'plan'>, phase: string) =>
  plan?.phases.find(({ id }) => id === phase)?.state;

describe('whose doing a transition was, on a simulated cluster with a second shell', () => {
  let cluster: Simulated;
  let rig: Rig;
  let client: Client;
  const launch = () =>
    rig.start({
      poll: {
        gravity: [cluster.ready.gravity],
        node: 'master-1',
        health: {
          url: cluster.ready.health,
          ca: join(cluster.ready.secrets, 'root.cert'),
          cert: join(cluster.ready.secrets, 'planet-rpc-client.cert'),
          key: join(cluster.ready.secrets, 'planet-rpc-client.key'),
        },
        cwd: '/',
        stateDir: '/nowhere',
      },
    });
  beforeAll(async () => {
    cluster = await simulated('--scenario=quiet', '--speed=2000');
    rig = agentRig();
    client = rig.client();
  });
  afterAll(async () => {
    await cluster.end();
    removeRig(rig);
  });

  it('the shell’s is nobody’s, ours is the run’s, and after a restart nobody was watching', async () => {
    let agent = await launch();
    const first = await awaitState(client, (state) => state.baseline !== null && state);
    expect(first.baseline).toMatchObject({ operation: first.plan?.operation.id, begun: false });
    expect(first.baseline?.nodes.map(({ name }) => name).toSorted()).toEqual(
      first.plan?.servers.map(({ hostname }) => hostname).toSorted(),
    );

    expect((await cluster.gravity('plan', 'execute', '--phase=/init/master-1')).code).toBe(0);
    const run = await start(client, 'phase.execute', { phase: '/init/master-2' });
    await awaitEnd(client, run);
    const { passages } = await awaitState(
      client,
      (state) => stateOf(state, '/init/master-2') === 'completed' && state,
    );
    expect(passages['/init/master-1']?.by).toBeNull();
    expect(passages['/init/master-2']?.by).toBe(run);

    await agent.stop();
    expect((await cluster.gravity('plan', 'execute', '--phase=/init/master-3')).code).toBe(0);
    agent = await launch();
    const later = await awaitState(
      client,
      (state) => stateOf(state, '/init/master-3') === 'completed' && state,
    );
    expect(later.passages['/init/master-3']).not.toHaveProperty('by');
    expect(later.passages['/init/master-2']?.by).toBe(run);
    expect(later.baseline).toEqual(first.baseline);

    const page = await client.journal(0);
    if (!page.ok) throw new Error(page.failure.message);
    const lines = journalText(page.value.entries);
    const line = (phase: string) =>
      lines.find((text) => text.includes(`${phase} `) && text.includes('phase.changed'));
    expect(line('/init/master-1')).toMatch(
      /-> completed, not from here: by another shell or gravity itself$/,
    );
    expect(line('/init/master-2')).toMatch(new RegExp(`, by run ${run}$`));
    expect(line('/init/master-3')).toMatch(/-> completed$/);
    expect(lines.filter((text) => text.includes('baseline.taken'))).toHaveLength(1);
    await agent.stop();
  });
});

describe('whose doing a transition was, of a run that was cut off', () => {
  const leaf = '/masters/master-2/drain';

  it('what goes on elsewhere after an interrupt is still the run’s', async () => {
    const rig = agentRig();
    const client = rig.client();
    // The remote part of gravity outlives the one that is killed, as on another node.
    movesPlan(
      rig,
      `echo up; (trap '' INT TERM; while [ -e $dir/act.sh ] && [ ! -e $dir/go ]; do sleep 0.05; done; set_state completed) </dev/null >/dev/null 2>&1 &
while [ -e $dir/act.sh ]; do sleep 0.05; done`,
    );
    const agent = await rig.start();
    const id = await start(client, 'phase.execute', { phase: leaf });
    await awaitState(client, (state) => stateOf(state, leaf) === 'in_progress');
    await start(client, 'run.interrupt', { run: id });
    expect(await awaitEnd(client, id)).toMatchObject({ state: 'cancelled' });
    appendFileSync(join(rig.dir, 'go'), '');
    const { passages } = await awaitState(client, (state) => stateOf(state, leaf) === 'completed' && state);
    expect(passages[leaf]?.by).toBe(id);
    await agent.stop();
    removeRig(rig);
  });
});
