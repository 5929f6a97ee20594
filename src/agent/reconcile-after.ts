import type { Clock, Log, Random } from '../ports.ts';
import type { Identity } from '../protocol/identity.ts';
import type { Run } from '../protocol/run.ts';
import type { Ledger, Poller } from './contracts.ts';
import type { Judgements } from './judgements.ts';
import { recordOf } from './record-of.ts';
import type { RunRecord } from './run-record.ts';

/** A plan whose database is locked takes 60 s to say so. */
const readMs = 65_000;

type World = {
  clock: Clock;
  random: Random;
  log: Log;
  ledger: Ledger;
  poller: Pick<Poller, 'lookForGravity' | 'readNow'>;
  judgements: Judgements;
};

const itself: Identity = { user: 'the agent itself', from: null, tty: null, console: null };

/**
 * The last step of a run of ours that ended badly on another node: a reconciliation, so that the plan here tells how it
 * ended there. It is a run of the agent's own, judged like any other; null where there is nothing to fetch or it may not.
 */
export async function reconcileAfter(world: World, over: Run): Promise<RunRecord | null> {
  const { ledger, poller, judgements, log } = world;
  const endedBadly = Object.values(ledger.state().observed).some(
    ({ run, state, left }) => run === over.id && (state === 'failed' || left !== undefined),
  );
  if (!endedBadly) return null;
  await poller.lookForGravity();
  if ((await poller.readNow('plan', readMs)) !== null) return null;
  const judgement = await judgements.judge({ action: 'operation.reconcile', args: {} });
  if (!judgement.allowed) {
    log.info('not reconciled after a run', { run: over.id, reason: judgement.reason });
    return null;
  }
  const requestId = `reconcile-after-${over.id}`;
  return recordOf(world, {
    judgement,
    by: itself,
    requestId,
    reason: `run ${over.id} ended on another node`,
  });
}
