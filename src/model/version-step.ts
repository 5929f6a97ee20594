import type { Plan } from '../protocol/plan.ts';

/**
 * The version step a leaf is part of: the application's versions (`2.4.0 > 2.5.0`), in a multi-hop plan with the hop
 * before them (`6.1.49 2.4.0 > 2.5.0`, operations.md 2.4). Null where the plan names no versions.
 */
export function versionStep({ operation }: Plan, phase: string): string | null {
  if (operation.versions === null) return null;
  const { from, to } = operation.versions;
  const [, root = ''] = phase.split('/');
  const hop = /^\d+\.\d+/.test(root) || root === 'target' ? `${root} ` : '';
  return `${hop}${from} > ${to}`;
}
