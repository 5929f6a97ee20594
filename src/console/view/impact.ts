import { roundedDuration } from '../../model/about-duration.ts';
import { usualRange, usualSource } from '../../model/usual-range.ts';
import type { Impact } from '../../protocol/judgement.ts';
import type { Row } from '../../theme/cell.ts';
import type { Role } from '../../theme/roles.ts';
import { duration } from '../format/duration.ts';
import type { Scene } from '../scene.ts';
import { namedLines } from './named-lines.ts';

/**
 * What an action would do, a line a fact: where, what, for how long, what goes dark, what cannot be undone. `unfolded`: every
 * phase, skip and version is listed, not only the first few.
 */
export function impactRows(scene: Scene, impact: Impact, unfolded = false): Row[] {
  const most = unfolded ? Number.POSITIVE_INFINITY : few;
  const { about, runsOn, etcd } = impact;
  const place = runsOn !== null && runsOn === about ? `${about}, which is also where it runs` : about;
  const maybe = (name: string, text: string | null, role?: Role): Row[] =>
    text === null ? [] : namedLines(scene, name, text, role);
  const each = (name: string, texts: readonly string[], role?: Role): Row[] =>
    texts.flatMap((text, index) => namedLines(scene, index === 0 ? name : '', text, role));
  return [
    ...maybe('about', place),
    ...maybe('runs on', runsOn !== about ? runsOn : null),
    ...(unfolded ? each('phases', leafTexts(impact)) : maybe('phases', leavesText(impact))),
    ...maybe('takes', takesText(impact)),
    ...each('skips', skipTexts(impact, most), 'warn'),
    ...maybe('versions', versionsText(impact, most)),
    ...maybe('etcd', etcdText(impact), etcd && etcd.during < etcd.quorum ? 'bad' : undefined),
    ...maybe('pods', podsText(impact)),
    ...maybe('dark', impact.dark.length > 0 ? impact.dark.join(', ') : null),
    ...each('warning', impact.alarms ?? [], 'bad'),
    ...each('warning', impact.warnings, 'warn'),
    ...each('for good', impact.irreversible, 'bad'),
    ...maybe('undo', impact.undo),
  ];
}

/** The first few in the order they run, and how many there are. */
function leavesText({ leaves }: Impact): string | null {
  if (leaves.length === 0) return null;
  return leaves.length === 1 ? (leaves[0] ?? null) : `${leaves.length}: ${someOf(leaves, few)}`;
}

/** Each on its line, in the order they run, with what it usually takes. */
function leafTexts({ leaves, each = [] }: Impact): string[] {
  const takes = new Map(each.map(({ leaf, takes }) => [leaf, ` (${duration(takes)})`]));
  return leaves.map((leaf) => `${leaf}${takes.get(leaf) ?? ''}`);
}

/** `about 6m, nine of ten within 7m; as sibling phases took`: never without where it is known from. */
function takesText({ takes }: Impact): string | null {
  if (!takes) return null;
  return `about ${usualRange(takes, roundedDuration)}; ${usualSource[takes.from]}`;
}

/** So many are named where the card is not unfolded. */
const few = 4;

/** What each that is left out means, where the agent says it; else their names. */
function skipTexts({ skips, skipped = [] }: Impact, most: number): string[] {
  if (skipped.length === 0) return skips.length > 0 ? [someOf(skips, most)] : [];
  const rest = skipped.length - most;
  return rest > 0 ? [...skipped.slice(0, most), `and ${rest} more`] : [...skipped];
}

/** Of every node where they are known one by one, else of the cluster. */
function versionsText({ versions, nodeVersions = [] }: Impact, most: number): string | null {
  const nodes = nodeVersions.map(({ node, from, to }) => `${node} ${from} to ${to}`);
  if (nodes.length > 0) return someOf(nodes, most);
  return versions && `${versions.from} to ${versions.to}`;
}

function someOf(names: readonly string[], most: number): string {
  return `${names.slice(0, most).join(', ')}${names.length > most ? `, and ${names.length - most} more` : ''}`;
}

/** Unknown is said as unknown; where no leaf runs, there is nothing to say. */
function etcdText({ etcd, leaves }: Impact): string | null {
  if (etcd === null) return leaves.length === 0 ? null : 'unknown';
  return `${etcd.now} of ${etcd.members} answer now, ${etcd.during} during, ${etcd.after} after; ${etcd.quorum} must`;
}

function podsText({ pods, podsAsked }: Impact): string | null {
  if (!podsAsked) return null;
  if (pods === null) return 'unknown: they could not be asked for';
  const { count, budgets } = pods;
  if (budgets === null) return `${count}; disruption budgets unknown: they could not be read`;
  if (budgets.length === 0) return `${count}; no disruption budget forbids an eviction now`;
  return `${count}; disruption budgets that allow no eviction now: ${someOf(budgets, few)}`;
}
