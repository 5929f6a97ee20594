import type { Operation } from '../../protocol/operation.ts';
import { assumedYear } from './assumed-year.ts';
import { operationDescriptions } from './operation-descriptions.ts';

/**
 * Operations as status prints them in text: a description, then indented what is known. Type and running state follow
 * from the description, since the text names neither. `now` in epoch ms, for the missing years.
 */
export function readOperationLines(lines: readonly string[] | null, now: number): Operation[] {
  const operations: Operation[] = [];
  for (const line of lines ?? []) {
    const text = line.trim();
    const last = operations.at(-1);
    if (text.startsWith('* ')) operations.push(toOperation(text.slice(2)));
    else if (last !== undefined) addDetail(last, text, now);
  }
  return operations.filter(({ id }) => id !== '');
}

function toOperation(description: string): Operation {
  const row = operationDescriptions.find(({ pattern }) => pattern.test(description));
  return {
    id: '',
    type: row?.type ?? '',
    state: row?.running ?? '',
    description,
    created: null,
    progress: null,
  };
}

function addDetail(operation: Operation, text: string, now: number): void {
  const [, key = '', value = ''] = /^(ID|Started|Completed|Failed):\s*(.*)$/.exec(text) ?? [];
  if (key === 'ID') operation.id = value;
  if (key === 'Started') operation.created = assumedYear(value.replace(/\s*\(.*$/, ''), now);
  if (key === 'Completed') operation.state = 'completed';
  if (key === 'Failed') operation.state = 'failed';
  if (key === '') operation.progress = /^(.*), \d+% complete$/.exec(text)?.[1] ?? operation.progress;
}
