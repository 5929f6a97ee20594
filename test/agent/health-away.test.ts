import { expect, test } from 'vitest';
import type { Ledger } from '../../src/agent/contracts.ts';
import { createLedger } from '../../src/agent/ledger.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import { healthChanges } from '../../src/model/health-changes.ts';
import type { Health, HealthNode, Probe } from '../../src/protocol/health.ts';
import { handClock } from '../driver/hand-clock.ts';
import { memoryStore } from '../driver/memory-store.ts';

const fine: Probe = { checker: 'docker', state: 'running', severity: null, text: '' };
const broken: Probe = {
  checker: 'docker',
  state: 'failed',
  severity: 'critical',
  text: 'connection refused',
};

test('what changed while no agent was running is in the journal once, and marked', async () => {
  const store = memoryStore();
  const first = await life(store);
  read(first, 1, [node('master-1', [fine]), node('master-3', [fine]), node('worker-1', [fine])]);
  read(first, 2, [node('master-1', [broken]), node('master-3', [fine]), node('worker-1', [fine])]);
  await first.close();

  const second = await life(store);
  read(second, 3, [node('master-1', [fine]), node('master-3', [broken])]);
  read(second, 4, [node('master-1', [fine]), node('master-3', [broken])]);
  const away = (await changes(second)).filter((entry) => entry['away'] === true);
  expect(away).toHaveLength(5);
  expect(away).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'node.changed', node: 'worker-1', from: 'healthy', to: 'vanished' }),
      expect.objectContaining({ kind: 'node.changed', node: 'master-3', from: 'healthy', to: 'degraded' }),
      expect.objectContaining({ kind: 'probe.changed', node: 'master-3', checker: 'docker', to: 'failed' }),
      expect.objectContaining({ kind: 'node.changed', node: 'master-1', from: 'degraded', to: 'healthy' }),
      expect.objectContaining({ kind: 'probe.changed', node: 'master-1', from: 'failed', to: 'running' }),
    ]),
  );
  await second.close();

  const third = await life(store);
  const known = (await changes(third)).length;
  read(third, 5, [node('master-1', [fine]), node('master-3', [broken])]);
  expect(await changes(third)).toHaveLength(known);
  await third.close();
});

test('the first reading of the first agent is no change of anything', async () => {
  const ledger = await life(memoryStore());
  read(ledger, 1, [node('master-1', [broken])]);
  expect(await changes(ledger)).toEqual([]);
});

test('a node that answers again after a silence is compared with what it said before it', async () => {
  const ledger = await life(memoryStore());
  read(ledger, 1, [node('master-1', [broken])]);
  read(ledger, 2, [{ ...node('master-1', []), state: 'offline' }]);
  read(ledger, 3, [node('master-1', [fine])]);
  const told = (await changes(ledger)).map(({ kind, from, to }) => [kind, from, to]);
  expect(told).toEqual([
    ['node.changed', 'degraded', 'offline'],
    ['node.changed', 'offline', 'healthy'],
    ['probe.changed', 'failed', 'running'],
  ]);
});

function life(store: ReturnType<typeof memoryStore>): Promise<Ledger> {
  const initial = emptyCluster({ kind: 'live', label: null, readOnly: false });
  return createLedger({ clock: handClock(), epoch: 'life', store, initial });
}

function read(ledger: Ledger, minute: number, nodes: HealthNode[]): void {
  const at = `2026-11-22T11:0${minute}:00.000Z`;
  const health: Health = { state: 'running', at, servedAt: at, summary: null, nodes };
  const { health: before, reported } = ledger.state();
  ledger.record(...healthChanges(before, health, { seen: at, named: ({ name }) => name, reported }));
}

async function changes(ledger: Ledger) {
  const { entries } = await ledger.journalPage(0, 1000);
  return entries.filter(({ kind }) => kind === 'node.changed' || kind === 'probe.changed');
}

function node(name: string, probes: Probe[]): HealthNode {
  const failed = probes.some(({ state }) => state === 'failed');
  return { name, ip: null, role: 'master', member: 'alive', state: failed ? 'degraded' : 'healthy', probes };
}
