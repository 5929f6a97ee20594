import { cleanLine } from '../protocol/clean.ts';
import type { AgentKind } from '../protocol/cluster.ts';

/** What nobody may mistake: `LIVE`, or `REHEARSAL demo`. */
export function kindWord({ kind, label }: { kind: AgentKind; label: string | null }): string {
  return label === null ? kind.toUpperCase() : `${kind.toUpperCase()} ${cleanLine(label)}`;
}
