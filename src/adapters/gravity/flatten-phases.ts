import { cleanLine } from '../../protocol/clean.ts';
import { type Foreign, foreign, foreignInstant, foreignList, foreignName } from '../../protocol/foreign.ts';
import { groupState } from '../../protocol/group-state.ts';
import { type Phase, phaseStates } from '../../protocol/phase.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';
import { field } from './field.ts';
import { phaseError } from './phase-error.ts';
import { printedText } from './printed-text.ts';

/**
 * The phases of a plan document, flat and in plan order. A leaf is what has no sub-phases, whatever its executor (gc
 * leaves have none); a stored state of a group is ignored and computed (engine-observed 1). A duplicate id, an unknown
 * state, an absurd depth: a problem that names the phase.
 */
export function flattenPhases(documents: readonly unknown[]): Reading<Phase[]> {
  const walk: Walk = { phases: [], ids: new Set(), complaint: null };
  for (const document of documents) takePhase(walk, document, null, 1);
  return walk.complaint === null ? read(walk.phases) : unread('answer.wrong-shape', walk.complaint);
}

/** What is collected on the way, and the first thing found wrong. */
type Walk = { phases: Phase[]; ids: Set<string>; complaint: string | null };

const deepest = 32;
const most = 20_000;

/** Adds a phase and what is below it; a group's state is filled in when its children are known. */
function takePhase(walk: Walk, document: unknown, parent: string | null, depth: number): Phase | null {
  const phase = walk.complaint === null ? openPhase(walk, document, parent, depth) : null;
  const node = foreign(document);
  if (phase === null || node === null) return null;
  walk.ids.add(phase.id);
  walk.phases.push(phase);
  if (phase.leaf) return phase;
  const children = foreignList(node['phases']).flatMap(
    (child) => takePhase(walk, child, phase.id, depth + 1) ?? [],
  );
  phase.state = groupState(children.map((child) => child.state));
  phase.updated = newest(children);
  return phase;
}

function openPhase(walk: Walk, document: unknown, parent: string | null, depth: number): Phase | null {
  const node = foreign(document);
  const id = foreignName(node?.['id']);
  if (node === null || id === null) {
    walk.complaint = `a phase of the plan ${parent === null ? '' : `below ${parent} `}has no id`;
    return null;
  }
  walk.complaint = complaintAbout(node, id, walk, depth);
  return walk.complaint === null ? toPhase(node, id, parent) : null;
}

function complaintAbout(node: Foreign, id: string, walk: Walk, depth: number): string | null {
  if (walk.ids.has(id)) return `phase ${id} is in the plan twice`;
  if (depth > deepest) return `phase ${id} lies ${deepest} groups deep: this is no plan`;
  if (walk.phases.length >= most) return `the plan has more than ${most} phases`;
  for (const key of ['phases', 'requires']) {
    if (!Array.isArray(node[key] ?? [])) return `phase ${id} has ${key} that are not a list`;
  }
  const state = node['state'] ?? '';
  if (state === '' || phaseStates.some((known) => known === state)) return null;
  return `phase ${id} has a state that gravity does not have: ${foreignName(state) ?? typeof state}`;
}

function toPhase(node: Foreign, id: string, parent: string | null): Phase {
  const leaf = foreignList(node['phases']).length === 0;
  const data = foreign(node['data']) ?? {};
  const about = hostname(field(data, 'server'));
  const runner = hostname(field(data, 'exec_server'));
  return {
    id,
    parent,
    leaf,
    state: phaseStates.find((known) => known === node['state']) ?? 'unstarted',
    kind: leaf ? (foreignName(node['executor']) ?? firstSegment(id)) : 'group',
    description: cleanLine(printedText(node['description']) ?? ''),
    node: about ?? runner,
    runsOn: runner ?? about,
    requires: foreignList(node['requires']).flatMap((required) => foreignName(required) ?? []),
    parallel: node['parallel'] === true || Number(field(node, 'num_parallel') ?? 0) > 1,
    updated: foreignInstant(node['updated']),
    error: leaf ? phaseError(node['error']) : null,
    ...systemVersions(data),
  };
}

/**
 * Planet before and after, of the one node an `update_system` leaf updates (recordings/plans/fresh-3m2w.json; YAML calls
 * the list `servers`, failed-3m2w.yaml).
 */
function systemVersions(data: Foreign): Pick<Phase, 'versions'> {
  const update = foreign(data['update']);
  const updates = foreignList(update?.['updates'] ?? update?.['servers']);
  const runtime = updates.length === 1 ? foreign(foreign(updates[0])?.['runtime']) : null;
  const from = foreignName(foreign(runtime?.['installed'])?.['version']);
  const to = foreignName(foreign(foreign(runtime?.['update'])?.['package'])?.['version']);
  return from === null || to === null ? {} : { versions: { from, to } };
}

function hostname(server: unknown): string | null {
  const node = foreign(server);
  if (node === null) return null;
  return (
    foreignName(node['hostname']) ?? foreignName(node['nodename']) ?? foreignName(field(node, 'advertise_ip'))
  );
}

function firstSegment(id: string): string {
  return id.split('/').find((segment) => segment !== '') ?? id;
}

/** The newest change below a group, as gravity's own table shows it. */
function newest(children: readonly Phase[]): string | null {
  let best: string | null = null;
  for (const { updated } of children) {
    if (updated !== null && (best === null || isLater(updated, best))) best = updated;
  }
  return best;
}

/** Nanoseconds count: to the millisecond by value, below it by the digits. */
function isLater(one: string, other: string): boolean {
  const difference = Date.parse(one) - Date.parse(other);
  return difference === 0 ? fraction(one) > fraction(other) : difference > 0;
}

function fraction(instant: string): string {
  return (/\.(\d+)/.exec(instant)?.[1] ?? '').padEnd(9, '0');
}
