import type { Plan } from '../../protocol/plan.ts';
import { operationTypes } from './operation-types.ts';

/**
 * What the lines above the table tell of the operation. 5.5 and 6.1 print `Operation:  <type>(<id>), cluster=<name>`
 * first, 7.0 nothing at all (data.md 2): then all is null.
 */
export function planBanner(lines: readonly string[]): Plan['operation'] {
  const found = lines.map((line) => banner.exec(line)).find((match) => match !== null);
  const [, word = '', id = null, cluster = null] = found ?? [];
  const type = word.startsWith('operation_') ? word : (operationTypes[word.trim()] ?? null);
  return { id, type, cluster, leadMaster: null, gravityVersion: null, created: null, versions: null };
}

const banner = /^Operation:\s+(?:operation\()?([\w ]+)\(([^)\s]+)\)(?:,\s*cluster=([^,\s)]+))?/;
