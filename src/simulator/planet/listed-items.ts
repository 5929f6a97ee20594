import { kubectlTable } from './kubectl-table.ts';
import type { KubectlWords } from './kubectl-words.ts';
import { shortSpan } from './short-span.ts';

/** An object as `kubectl get -o json` lists it, of which any key may be missing. */
export type ListedItem = { [key: string]: unknown };

/** Items of `kubectl get pods` and `get poddisruptionbudgets` as the tables it prints; null of another kind. */
export function listedItems(
  items: readonly ListedItem[],
  { kind, namespace, output }: KubectlWords,
  now: number,
): string | null {
  const table = TABLES.find(({ kinds }) => kinds.test(kind));
  if (table === undefined) return null;
  const shown = items.filter(
    (item) => namespace === null || textAt(item, 'metadata.namespace') === namespace,
  );
  if (shown.length === 0) return '';
  const columns = [
    ...(namespace === null ? [column('NAMESPACE', 'metadata.namespace')] : []),
    ...table.usual,
    ...(output === 'wide' ? table.wide : []),
  ];
  const rows = shown.map((item) => columns.map(({ cell }) => cell(item, now)));
  return kubectlTable(
    columns.map(({ head }) => head),
    rows,
  );
}

type Column = { head: string; cell(item: ListedItem, now: number): string };

function column(head: string, path: string, missing = '<none>'): Column {
  return { head, cell: (item) => textAt(item, path) || missing };
}

const age: Column = {
  head: 'AGE',
  cell(item, now) {
    const created = Date.parse(textAt(item, 'metadata.creationTimestamp'));
    return Number.isNaN(created) ? '<unknown>' : shortSpan(now - created);
  },
};

const status: Column = {
  head: 'STATUS',
  cell: (item) =>
    textAt(item, 'metadata.deletionTimestamp') === '' ? textAt(item, 'status.phase') : 'Terminating',
};

const ready: Column = {
  head: 'READY',
  cell: (item) => (textAt(item, 'status.phase') === 'Running' ? '1/1' : '0/1'),
};

const TABLES: readonly { kinds: RegExp; usual: readonly Column[]; wide: readonly Column[] }[] = [
  {
    kinds: /^po(ds?)?$/,
    usual: [column('NAME', 'metadata.name'), ready, status, column('RESTARTS', 'status.restarts', '0'), age],
    wide: [
      column('IP', 'status.podIP'),
      column('NODE', 'spec.nodeName'),
      column('NOMINATED NODE', 'status.nominatedNodeName'),
      column('READINESS GATES', 'spec.readinessGates'),
    ],
  },
  {
    kinds: /^(pdb|poddisruptionbudgets?(\..*)?)$/,
    usual: [
      column('NAME', 'metadata.name'),
      column('MIN AVAILABLE', 'spec.minAvailable', 'N/A'),
      column('MAX UNAVAILABLE', 'spec.maxUnavailable', 'N/A'),
      column('ALLOWED DISRUPTIONS', 'status.disruptionsAllowed', '0'),
      age,
    ],
    wide: [],
  },
];

/** The text or number at a path of keys; empty where there is none. */
function textAt(item: ListedItem, path: string): string {
  let at: unknown = item;
  for (const key of path.split('.'))
    at = typeof at === 'object' && at !== null ? new Map(Object.entries(at)).get(key) : undefined;
  return typeof at === 'string' || typeof at === 'number' ? String(at) : '';
}
