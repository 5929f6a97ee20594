import type { Operation } from '../../protocol/operation.ts';
import { assumedYear } from './assumed-year.ts';
import { operationDescriptions } from './operation-descriptions.ts';

/**
 * Operations as status prints them in text. Since 6.1 a description with the id below it, from which type and running
 * state follow; before, `operation_shrink (ID)` with its dates in lower case. `now` in epoch ms, for the missing years.
 */
export function readOperationLines(lines: readonly string[] | null, now: number): Operation[] {
  const operations: Operation[] = [];
  for (const text of lines ?? []) {
    const head = operationHead(text);
    const last = operations.at(-1);
    if (head !== null) operations.push(head);
    else if (last !== undefined) addDetail(last, text, now);
  }
  return operations;
}

function operationHead(text: string): Operation | null {
  const [, type, id = ''] = /^(?:[*•‣] )?(operation_\w+) \(([^)]*)\)$/.exec(text) ?? [];
  if (type !== undefined)
    return toOperation(
      type,
      id,
      operationDescriptions.find((row) => row.type === type),
    );
  const description = /^[*•‣] (.*)$/.exec(text)?.[1];
  if (description === undefined) return null;
  return toOperation(
    description,
    '',
    operationDescriptions.find(({ pattern }) => pattern.test(description)),
  );
}

function toOperation(
  description: string,
  id: string,
  row: { type: string; running: string } | undefined,
): Operation {
  const type = row?.type ?? (description.startsWith('operation_') ? description : '');
  return { id, type, state: row?.running ?? '', description, created: null, progress: null };
}

function addDetail(operation: Operation, text: string, now: number): void {
  const [, key = '', value = ''] = /^(ID|Started|Completed|Failed):\s*(.*)$/i.exec(text) ?? [];
  const word = key.toLowerCase();
  if (word === 'id') operation.id = value;
  if (word === 'started') operation.created = assumedYear(value.replace(/\s*\(.*$/, ''), now);
  if (word === 'completed' || word === 'failed') operation.state = word;
  if (word === '') operation.progress = /^(?:(.*), )?\d+% complete$/.exec(text)?.[1] ?? operation.progress;
}
