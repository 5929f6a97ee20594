/** What a saved output is, how it is called and which command reads it. */
export type SavedKind = {
  kind: 'own' | 'plan' | 'status' | 'history' | 'health' | 'operations' | 'registry';
  called: string;
  command: string | null;
};

const own: SavedKind = { kind: 'own', called: 'an output of gravity-console', command: null };
const plan: SavedKind = { kind: 'plan', called: 'a plan', command: 'plan' };
const status: SavedKind = { kind: 'status', called: 'a status', command: 'status' };
const history: SavedKind = { kind: 'history', called: 'a history', command: 'history' };
const health: SavedKind = {
  kind: 'health',
  called: 'an answer of the health endpoint',
  command: 'nodes',
};
const operations: SavedKind = { kind: 'operations', called: 'a list of operations', command: null };
const registry: SavedKind = { kind: 'registry', called: 'a list of images', command: null };

/** Documents in JSON by how they begin, so that one that is cut off is known too. */
const documents: readonly { kind: SavedKind; looks: RegExp }[] = [
  { kind: own, looks: /^\s*\{\s*"schema":\s*1\b/ },
  { kind: plan, looks: /^\s*\{\s*"(operation_id|operation_type|phases)":/ },
  { kind: status, looks: /^\s*\{\s*"(cluster|local_checks)":/ },
  { kind: history, looks: /^\s*\{\s*"events":/ },
  { kind: health, looks: /^\s*\{\s*"(status|nodes|timestamp|summary)":/ },
  { kind: health, looks: /^\s*\{\s*"name":[^{}]*"(member_status|probes)":/ },
  { kind: operations, looks: /^\s*\[?\s*\{\s*"kind":\s*"operation"/ },
  { kind: registry, looks: /^\s*\[\s*\{\s*"repository":/ },
];

/** The kind of a document in JSON, null for what looks like nothing known. */
export function documentKind(text: string): SavedKind | null {
  return documents.find(({ looks }) => looks.test(text))?.kind ?? null;
}

/**
 * Outputs in text by their lines. `line` begins an output, or belongs to it: the first group names it, and the same name
 * again begins another output of the same kind. Without a group every such line belongs to the output that is open.
 */
export const textKinds: readonly { kind: SavedKind; line: RegExp }[] = [
  { kind: plan, line: /^(Operation): +\S.*\(/ },
  { kind: plan, line: /^(Phase) +(?:Description|State)/ },
  { kind: plan, line: /^(operation_?id): / },
  { kind: plan, line: /^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d UTC *\[ *\d+\/ *\d+\] Phase \// },
  {
    kind: status,
    line: /^(Cluster(?: name| status| image| nodes| endpoints)?|Application|Gravity version|Join token|Active operations|Last completed operation|Last operation):/,
  },
  { kind: history, line: /^\d{4}-\d\d-\d\dT\S+ (?:\[[A-Z]|Unknown event)|^No status history available/ },
];
