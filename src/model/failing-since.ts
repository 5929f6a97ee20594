import type { Health, HealthNode } from '../protocol/health.ts';
import { collectedAt } from './reading-at.ts';

/** Since when what fails does, by the endpoint's name of the node, with the checker where it is one probe's failure. */
export type FailingSince = Readonly<Record<string, string>>;

/** What fails in this reading, each since the collection of the first reading in a row that had it began. */
export function failingSince(before: FailingSince, health: Health, seen: string): Record<string, string> {
  const at = new Date(collectedAt(health, seen)).toISOString();
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
