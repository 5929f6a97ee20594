import type { NumberedEvent } from '../../src/agent/contracts.ts';
import { createLedger } from '../../src/agent/ledger.ts';
import { createPoller, type PollerOptions, type PollerParts } from '../../src/agent/poller.ts';
import { emptyCluster } from '../../src/model/empty-cluster.ts';
import {
  type Answering,
  gravityProcesses,
  nobodyListens,
  noEnv,
  noFiles,
  noInterfaces,
} from './agent-ports.ts';
import { handClock } from './hand-clock.ts';
import { memoryStore } from './memory-store.ts';

/** A ledger and a poller on the hand clock over one `gravity` that answers as told. */
export async function polledAgent(
  answer: Answering,
  given: { parts?: Partial<PollerParts>; options?: Partial<PollerOptions>; costMs?: number } = {},
) {
  const clock = handClock();
  const { polls, processes } = gravityProcesses(clock, given.costMs ?? 200, answer);
  const store = memoryStore();
  const initial = emptyCluster({ kind: 'live', label: null, readOnly: false, units: 'none' });
  const ledger = await createLedger({ clock, epoch: 'test', store, initial });
  const parts = {
    clock,
    ledger,
    processes,
    http: nobodyListens,
    files: noFiles,
    env: noEnv,
    interfaces: noInterfaces,
    ...given.parts,
  };
  const options = {
    gravity: ['/test/gravity'],
    node: null,
    health: null,
    cwd: '/',
    stateDir: '/var/lib/gravity',
    ...given.options,
  };
  const poller = createPoller(parts, options);
  const events: NumberedEvent[] = [];
  ledger.subscribe((event) => events.push(event));
  const of = (argv: string) => polls.filter((poll) => poll.argv === argv);
  return { clock, ledger, poller, store, polls, events, of, source: () => ledger.state().sources };
}
