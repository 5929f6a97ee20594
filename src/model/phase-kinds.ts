import { type PhaseKind, phaseKindRow } from './phase-kind.ts';
import { environKinds } from './phase-kinds/environ.ts';
import { otherKinds } from './phase-kinds/other.ts';
import { updateKinds } from './phase-kinds/update.ts';

/**
 * Every kind of phase by its executor. Where an executor's name is also the first segment of another operation's ids
 * (`config`, `coredns`, `restart`), the executor's row counts: it is the one whose mistakes cost more.
 */
export const phaseKinds: Readonly<Record<string, PhaseKind>> = {
  ...otherKinds,
  ...updateKinds,
  ...environKinds,
};

const unknownKind = phaseKindRow({
  does: 'something this console has no row for',
  p50: 60,
  p90: 600,
  runbook: 'unknown-kind',
  checks: ['status', 'nodes', 'etcd', 'log'],
});

/** What is known of a kind; an executor never seen gets a row that claims nothing. */
export function phaseKind(kind: string): PhaseKind {
  return Object.hasOwn(phaseKinds, kind) ? (phaseKinds[kind] ?? unknownKind) : unknownKind;
}
