import { readAgentStatus } from '../adapters/gravity/agent-status.ts';
import { drivingBinary } from '../model/driving-binary.ts';
import type { Clock, Processes } from '../ports.ts';
import type { UpdateAgent } from '../protocol/update-agent.ts';
import type { Ledger, Poller } from './contracts.ts';

type World = {
  clock: Pick<Clock, 'now'>;
  processes: Pick<Processes, 'run'>;
  ledger: Pick<Ledger, 'state'>;
  poller: Pick<Poller, 'exclusive'>;
};

/** Agents read less than this ago are not asked again. */
const youngMs = 60_000;
const maxBytes = 16 * 1024 * 1024;

/**
 * The update agents: the last reading while it is young. Asking takes gravity's lock, so it waits for the poll under
 * way; a dead agent is dialled longer than we wait (client-facts 10).
 */
export async function freshAgents(world: World, timeoutMs: number): Promise<UpdateAgent[] | null> {
  const { agents, sources } = world.ledger.state();
  const { state, lastGood } = sources.agents;
  const ageMs = world.clock.now() - Date.parse(lastGood ?? '');
  if (agents !== null && state === 'good' && ageMs < youngMs) return agents;
  const { binary } = drivingBinary(world.ledger.state());
  if (binary === null) return null;
  const command = { path: binary.path, argv: ['agent', 'status'] };
  const ended = await world.poller.exclusive(() => world.processes.run(command, { timeoutMs, maxBytes }));
  if (ended.outcome !== 'exited') return null;
  const reading = readAgentStatus(new TextDecoder().decode(ended.stdout));
  return reading.ok ? reading.value : null;
}
