import { clean } from '../protocol/clean.ts';

/** What a saved output is, how it is called and which command reads it. */
type SavedKind = { kind: string; called: string; command: string | null; looks: RegExp };

const kinds: readonly SavedKind[] = [
  { kind: 'own', called: 'an output of gravity-console', command: null, looks: /^\s*\{\s*"schema":\s*1\b/ },
  {
    kind: 'plan',
    called: 'a plan',
    command: 'plan',
    looks: /^\s*\{\s*"(operation_id|operation_type|phases)":/,
  },
  {
    kind: 'plan',
    called: 'a plan',
    command: 'plan',
    looks: /^operation_?id: |^Phase +(Description +)?State +/m,
  },
  { kind: 'status', called: 'a status', command: 'status', looks: /^\s*\{\s*"(cluster|local_checks)":/ },
  {
    kind: 'status',
    called: 'a status',
    command: 'status',
    looks: /^(Cluster (name|status|image|nodes)|Application):/m,
  },
  { kind: 'history', called: 'a history', command: 'history', looks: /^\s*\{\s*"events":/ },
  {
    kind: 'history',
    called: 'a history',
    command: 'history',
    looks: /^\d{4}-\d\d-\d\dT\S+ \[[A-Z][^\]]*\]|^No status history available/m,
  },
  {
    kind: 'health',
    called: 'an answer of the health endpoint',
    command: 'nodes',
    looks: /^\s*\{\s*"(status|nodes|timestamp|summary)":/,
  },
  {
    kind: 'health',
    called: 'an answer of the health endpoint',
    command: 'nodes',
    looks: /^\s*\{\s*"name":[^{}]*"(member_status|probes)":/,
  },
  {
    kind: 'operations',
    called: 'a list of operations',
    command: null,
    looks: /^\s*\[?\s*\{\s*"kind":\s*"operation"/,
  },
  { kind: 'registry', called: 'a list of images', command: null, looks: /^\s*\[\s*\{\s*"repository":/ },
];

/**
 * What a saved output looks like, from its beginning, even when it is cut off: null when it looks like nothing known.
 * The four kinds a command reads are named for it; a health answer is read by `nodes`.
 */
export function savedKind(bytes: Uint8Array): Omit<SavedKind, 'looks'> | null {
  const text = clean(new TextDecoder().decode(bytes.subarray(0, 64 * 1024)));
  return kinds.find(({ looks }) => looks.test(text)) ?? null;
}
