import type { Health, HealthNode } from '../protocol/health.ts';

/** Since when what fails does, by the endpoint's name of the node, with the checker where it is one probe's failure. */
export type FailingSince = Readonly<Record<string, string>>;

/**
 * What fails in this reading, each since the first reading in a row that had it. A reading tells how things were when its
 * collection began, which its own two times say by the endpoint's clock, whatever ours is.
 */
export function failingSince(before: FailingSince, health: Health, seen: string): Record<string, string> {
  const age = Date.parse(health.servedAt ?? '') - Date.parse(health.at ?? '');
  const at = new Date(Date.parse(seen) - (age > 0 ? age : 0)).toISOString();
  const keys = health.nodes.flatMap(failing);
  return Object.fromEntries(keys.map((key) => [key, before[key] ?? at]));
}

export function failingKey(node: string, checker: string | null): string {
  return checker === null ? node : `${node} ${checker}`;
}

function failing({ name, state, probes }: HealthNode): string[] {
  const failed = probes.filter((probe) => probe.state === 'failed');
  const checkers = failed.map(({ checker }) => failingKey(name, checker));
  return state === 'offline' ? [failingKey(name, null), ...checkers] : checkers;
}
