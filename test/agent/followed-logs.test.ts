import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readJournalEntry } from '../../src/adapters/host/journal-entry.ts';
import type { Agent } from '../../src/agent/agent.ts';
import type { Client } from '../../src/console/client.ts';
import { shownSources } from '../../src/model/shown-sources.ts';
import { shownStates } from '../../src/model/shown-states.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import { agentRig, type Rig, removeRig } from '../driver/agent-rig.ts';
import { awaitCluster, leadGravity, planStates } from '../driver/lead-gravity.ts';

/** A gravity that nobody started through the agent, known by what it logs (lines as recorded in recordings/nodes/02). */
const upgrade = '/masters/master-2/system-upgrade';
const elect = '/masters/master-2/elect';
const begins = (phase: string) => `Executing "${phase}" on remote node master-2\n`;

let rig: Rig;
let client: Client;
let agent: Agent;
let log: string;

const start = async (path = log) => {
  agent = await rig.start({ logs: { files: [path], units: [] } });
  await awaitCluster(client, ({ plan }) => plan !== null);
};
const isSeen = (phase: string) => (cluster: Cluster) => cluster.observed[phase] !== undefined;
const logs = ({ sources }: Cluster) => sources.logs.state;

beforeEach(() => {
  rig = agentRig();
  client = rig.client();
  log = join(rig.dir, 'gravity.log');
  planStates(rig, { '/masters/master-2/drain': 'completed' });
  leadGravity(rig, 'exit 0');
  writeFileSync(log, `${begins('/init/master-2')}${begins('/init/master-3')}`);
});
afterEach(async () => {
  await agent.stop();
  removeRig(rig);
});

describe('a log that is followed', () => {
  test('tells of a phase that somebody else runs on another node, and of the one it goes on to', async () => {
    await start();
    await awaitCluster(client, (each) => logs(each) === 'good');
    appendFileSync(log, begins(upgrade));
    const first = await awaitCluster(client, isSeen(upgrade));
    expect(first.observed[upgrade]).toMatchObject({
      from: 'log',
      run: null,
      node: 'master-2',
      way: 'execute',
    });
    expect(shownStates(first, Date.now()).get(upgrade)).toBe('running');
    appendFileSync(log, begins(elect));
    const second = await awaitCluster(client, (each) => isSeen(elect)(each) && !isSeen(upgrade)(each));
    expect(Object.keys(second.observed)).toEqual([elect]);
    appendFileSync(log, `Executing phase "/masters/master-2" finished in 9 seconds \n`);
    await awaitCluster(client, (each) => !isSeen(elect)(each));
  });

  test('goes on in its next file when it is rotated', async () => {
    await start();
    await awaitCluster(client, (each) => logs(each) === 'good');
    renameSync(log, `${log}.1`);
    writeFileSync(log, '');
    appendFileSync(log, begins(upgrade));
    await awaitCluster(client, isSeen(upgrade));
  });

  test('that is not there is a source that fails; without one there is no such source', async () => {
    await start(join(rig.dir, 'no-such.log'));
    const cluster = await awaitCluster(client, (each) => logs(each) === 'failing');
    expect(cluster.sources.logs.problem).toMatchObject({ code: 'log.unreadable' });
    await agent.stop();
    agent = await rig.start();
    const without = await awaitCluster(
      client,
      ({ plan, sources }) => plan !== null && sources.logs.state === 'never',
    );
    expect(shownSources(without).map(({ source }) => source)).not.toContain('logs');
  });
});

describe('an entry of the journal', () => {
  const entry = (message: unknown) =>
    readJournalEntry(
      JSON.stringify({
        __REALTIME_TIMESTAMP: '1795868100123456',
        _SYSTEMD_UNIT: 'gravity-resume.service',
        MESSAGE: message,
      }),
    );

  test('has the journal’s time, its unit, and the message of gravity’s own line', () => {
    const at = new Date(1795868100123).toISOString();
    const unit = 'gravity-resume.service';
    const text = 'Executing "/checks" locally';
    expect(entry(text)).toEqual({ at, level: null, text, unit });
    expect(
      entry('time="2026-11-28T10:00:00Z" level=info msg="Executing \\"/checks\\" locally"'),
    ).toMatchObject({
      at,
      level: 'info',
      text,
    });
    expect(entry([...new TextEncoder().encode(text)])).toMatchObject({ text });
  });

  test('is nothing where the line is none', () => {
    expect(readJournalEntry('-- No entries --')).toBeNull();
  });
});
