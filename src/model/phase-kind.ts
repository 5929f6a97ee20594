import type { CheckId } from './phase-checks.ts';

/** What happens to an etcd member on the phase's node. */
export type EtcdEffect = 'restarts' | 'stops' | 'starts';

/**
 * What is known of one kind of phase, its executor. Seconds: `p50` and `p90` of what it usually takes, for a console
 * that has not yet learned this cluster's own; `limit` after which gravity itself gives up.
 */
export type PhaseKind = {
  /** What it does, to follow a colon: no capital, no full stop. */
  does: string;
  /** What its rollback does; null when rolling it back does nothing. */
  undoes: string | null;
  p50: number;
  p90: number;
  limit: number;
  /** The checkers that go dark on the node it runs on while it is in progress; `silent`: the node may not answer at all. */
  dark: { what: string; checkers: readonly string[]; silent: boolean } | null;
  fails: readonly string[];
  /** What cannot be had back once it ran. */
  irreversible: string | null;
  etcd: { execute: EtcdEffect; rollback: EtcdEffect } | null;
  /** Rolling it back brings old etcd data back: writes since the backup are lost. */
  pastEtcd: boolean;
  /** It moves or stops pods of the node it is about. */
  movesPods: boolean;
  /** It evicts them, which a disruption budget can forbid. */
  evicts: boolean;
  /** Whose version it changes: the system software of the node it is about, or an application of the cluster. */
  changes: 'node' | 'cluster' | null;
  /** The page of `assets/runbook/` about it, without `.md`; kinds that are alike share one. */
  runbook: string;
  /** What to look at when it fails, the most telling first: at most nine, one for each digit. */
  checks: readonly CheckId[];
  /** What follows when others run without it: to follow "not completed:". */
  skipped: string | null;
};

/** An hour: gravity's own limit of one phase (engine.md 11). */
export const phaseLimit = 3600;

type Said = 'does' | 'p50' | 'p90' | 'runbook' | 'checks';

/** A row of the table: what it does, how long it takes and what helps must be said, the rest is nothing unless said. */
export function phaseKindRow(row: Pick<PhaseKind, Said> & Partial<PhaseKind>): PhaseKind {
  return {
    undoes: null,
    limit: phaseLimit,
    dark: null,
    fails: [],
    irreversible: null,
    etcd: null,
    pastEtcd: false,
    movesPods: false,
    evicts: false,
    changes: null,
    skipped: null,
    ...row,
  };
}
