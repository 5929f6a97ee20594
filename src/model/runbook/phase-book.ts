import type { Cluster } from '../../protocol/cluster.ts';
import type { Phase } from '../../protocol/phase.ts';
import { drivingBinary } from '../driving-binary.ts';
import type { LeafTime } from '../estimate/leaf-time.ts';
import { kubernetesName } from '../kubernetes-name.ts';
import type { PhaseKind } from '../phase-kind.ts';
import { phaseKind } from '../phase-kinds.ts';
import { checksOf, checksOfKind, type OfferedCheck } from './checks-of.ts';
import { fill, type PageWords } from './fill.ts';
import type { Runbook, RunbookPage } from './page.ts';

/**
 * What the runbook says of one phase, or of a kind when `phase` is null. `page` is null where its file is missing;
 * its texts have their words put in. Times in ms; `seen` are how many runs say so, 0 for the usual ones of the kind.
 */
export type PhaseBook = {
  kind: string;
  row: PhaseKind;
  phase: Phase | null;
  page: RunbookPage | null;
  time: { p50: number; p90: number; limit: number; from: LeafTime['from']; seen: number };
  gravity: string;
  checks: readonly OfferedCheck[];
};

type Asked = {
  runbook: Runbook;
  cluster: Cluster;
  /** A leaf of the cluster's plan, or the name of a kind. */
  about: Phase | string;
  /** What is known of the leaf's time; null: the kind's own. */
  time: LeafTime | null;
  /** A length of time in words; ms in. */
  duration(ms: number): string;
};

/** Opens the runbook at a phase or a kind. */
export function phaseBook({ runbook, cluster, about, time, duration }: Asked): PhaseBook {
  const phase = typeof about === 'string' ? null : about;
  const kind = typeof about === 'string' ? about : about.kind;
  const row = phaseKind(kind);
  const { p50, p90, from, seen } = time ?? usualTime(row);
  const gravity = drivingBinary(cluster).binary?.path ?? 'gravity';
  const node = phase?.node ?? null;
  const words: PageWords = {
    phase: phase?.id ?? 'PHASE',
    node: node ?? 'the node',
    kube: node === null ? 'NODE' : kubernetesName(cluster, node),
    gravity,
    usual: duration(p50),
    most: duration(p90),
    limit: duration(row.limit * 1000),
  };
  const page = runbook.get(row.runbook);
  return {
    kind,
    row,
    phase,
    page: page === undefined ? null : filled(page, words),
    time: { p50, p90, limit: row.limit * 1000, from, seen: seen.length },
    gravity,
    checks: phase === null ? checksOfKind(kind) : checksOf(cluster, phase),
  };
}

function usualTime({ p50, p90 }: PhaseKind): LeafTime {
  return { p50: p50 * 1000, p90: p90 * 1000, from: 'defaults', seen: [] };
}

function filled(page: RunbookPage, words: PageWords): RunbookPage {
  const put = (text: string): string => fill(text, words);
  const { again, rollback, force, hand } = page.recovery;
  return {
    title: put(page.title),
    does: put(page.does),
    time: put(page.time),
    failures: page.failures.map(({ see, means, todo }) => ({
      see: put(see),
      means: put(means),
      todo: put(todo),
    })),
    checks: put(page.checks),
    recovery: { again: put(again), rollback: put(rollback), force: put(force), hand: put(hand) },
    never: page.never.map(put),
  };
}
