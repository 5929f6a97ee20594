import { actionById } from '../actions/table.ts';
import type { Clock, Random } from '../ports.ts';
import type { Identity } from '../protocol/identity.ts';
import type { Judgement } from '../protocol/judgement.ts';
import type { Ledger } from './contracts.ts';
import type { RunRecord } from './run-record.ts';

type World = { clock: Clock; random: Random; ledger: Ledger };

/** Who asked for what was judged, by which request; `reason` is cleaned. */
export type Ordered = { judgement: Judgement; by: Identity; requestId: string; reason: string | null };

/** The record of a run that was judged and has yet to begin. */
export function recordOf({ clock, random, ledger }: World, ordered: Ordered): RunRecord {
  const { judgement, by, requestId, reason } = ordered;
  const { id: judgementId, digest, action, label, args, steps, impact } = judgement;
  const run = {
    // Sortable by time, and the random part keeps two of one millisecond apart.
    id: `${clock.now().toString(36)}-${random.uuid().slice(0, 8)}`,
    requestId,
    action,
    label,
    args,
    lane: actionById(action)?.lane ?? 'cluster',
    state: 'queued' as const,
    steps,
    step: 0,
    by,
    reason,
    operationId: ledger.state().plan?.operation.id ?? null,
    queuedAt: new Date(clock.now()).toISOString(),
    startedAt: null,
    finishedAt: null,
    exitCode: null,
    signal: null,
    sentence: null,
    interruptedBy: null,
    outputBytes: 0,
    leaves: impact.leaves,
  };
  return { judgementId, digest, wheelTaken: false, run };
}
