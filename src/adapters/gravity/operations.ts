import { clean } from '../../protocol/clean.ts';
import {
  type Foreign,
  foreign,
  foreignInstant,
  foreignName,
  foreignObjects,
} from '../../protocol/foreign.ts';
import type { Operation } from '../../protocol/operation.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';
import { assumedYear } from './assumed-year.ts';
import { gravityJson } from './gravity-json.ts';
import { operationDescriptions } from './operation-descriptions.ts';

/**
 * `gravity resource get operation` in JSON (an object for one, a list for more, null for none; data.md 4.2) or as its
 * table, newest first as printed. The JSON has no description, so it is said as gravity's own table would.
 */
export function readOperations(text: string, now: number): Reading<Operation[]> {
  if (!/^\s*([[{]|null\b)/.test(text)) return readTable(text, now);
  const document = gravityJson(text, 'the list of operations');
  if (!document.ok) return document;
  const resources = Array.isArray(document.value)
    ? foreignObjects(document.value)
    : [foreign(document.value)];
  const operations = resources.flatMap((resource) => toOperation(resource) ?? []);
  if (operations.length === 0 && foreign(document.value) !== null) {
    return unread('answer.wrong-shape', 'the list of operations is something else');
  }
  return read(operations, document.remarks);
}

function toOperation(resource: Foreign | null): Operation | null {
  const id = foreignName(foreign(resource?.['metadata'])?.['name']);
  const spec = foreign(resource?.['spec']);
  if (id === null || spec === null) return null;
  const type = foreignName(spec['type']) ?? '';
  return {
    id,
    type,
    state: foreignName(spec['state']) ?? '',
    description: descriptions[type]?.(spec) ?? type,
    created: foreignInstant(spec['created']),
    progress: null,
  };
}

const descriptions: Readonly<Record<string, (spec: Foreign) => string>> = {
  operation_install: (spec) => `${foreignObjects(foreign(spec['install'])?.['nodes']).length}-node install`,
  operation_expand: (spec) => {
    const node = foreign(foreign(spec['expand'])?.['node']);
    return `Join node ${nodeWords(node)}${node === null ? '' : ` as ${foreignName(node['role']) ?? 'node'}`}`.trim();
  },
  operation_shrink: (spec) => `Remove node ${nodeWords(foreign(foreign(spec['shrink'])?.['node']))}`.trim(),
  operation_update: (spec) => {
    const version = foreignName(foreign(spec['upgrade'])?.['package'])?.split(':').at(-1);
    return version === undefined ? 'Upgrade' : `Upgrade to version ${version}`;
  },
  operation_update_environ: () => 'Runtime environment update',
  operation_update_config: () => 'Runtime configuration update',
  operation_gc: () => 'Garbage collection',
  operation_reconfigure: (spec) =>
    `Advertise address change to ${foreignName(foreign(spec['reconfigure'])?.['ip']) ?? 'another'}`,
};

function nodeWords(node: Foreign | null): string {
  const hostname = foreignName(node?.['hostname']) ?? '';
  const ip = foreignName(node?.['ip']);
  return ip === null ? hostname : `${hostname} (${ip})`;
}

const row = /^(\S+) +(.*?) {1,}([A-Z]\w*) +(\w{3} \w{3} [ \d]\d \d\d:\d\d UTC) *$/;

function readTable(text: string, now: number): Reading<Operation[]> {
  const lines = clean(text)
    .split('\n')
    .filter((line) => /[^\s-]/.test(line));
  const header = lines.findIndex((line) => /^ID\s+Description\s+State\s+Created/.test(line));
  if (lines.length === 0) return unread('answer.empty', 'the list of operations is empty');
  if (header < 0) return unread('answer.wrong-shape', 'the list of operations has no table');
  const operations = lines.slice(header + 1).map((line) => toTableOperation(line, now));
  const whole = operations.filter((operation) => operation !== null);
  if (whole.length < operations.length)
    return unread('answer.truncated', 'the list of operations is cut off');
  return read(whole, ['year-assumed']);
}

/** State has its first letter raised in the table alone (data.md 4.2). */
function toTableOperation(line: string, now: number): Operation | null {
  const [, id, description = '', state = '', created = ''] = row.exec(line) ?? [];
  if (id === undefined) return null;
  const type = operationDescriptions.find(({ pattern }) => pattern.test(description.trim()))?.type ?? '';
  const lowered = state.charAt(0).toLowerCase() + state.slice(1);
  return {
    id,
    type,
    state: lowered,
    description: description.trim(),
    created: assumedYear(created, now),
    progress: null,
  };
}
