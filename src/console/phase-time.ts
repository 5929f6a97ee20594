import type { LeafTime } from '../model/estimate/leaf-time.ts';
import { usualSource } from '../model/usual-range.ts';
import { duration } from './format/duration.ts';
import { minutes } from './format/minutes.ts';
import { passageOf } from './passage.ts';
import type { PlanNode } from './plan-tree.ts';
import type { Scene } from './scene.ts';
import { shownState } from './shown-state.ts';

/**
 * How long a phase took or has taken, empty where nobody saw it. The leaf that runs ticks by the second; of a group that
 * is not over the minute is enough, so that its line changes once a minute. `!` after the time: past its p90.
 */
export function tookWords(node: PlanNode, scene: Scene): { text: string; late: boolean } {
  const { took } = passageOf(node, scene);
  const { leaf, state, id } = node.phase;
  const late = leaf && scene.timing.isLate(id);
  if (took === null) return { text: '', late };
  const text = !leaf && state === 'in_progress' ? minutes(took) : duration(took);
  return { text: late ? `${text}!` : text, late };
}

/** What is left of a phase: by the second of the leaf that runs, else to the minute; empty of what is completed. */
export function leftWords(node: PlanNode, scene: Scene): string {
  const { timing } = scene;
  const { id, leaf, state } = node.phase;
  const left = state === 'completed' ? null : timing.left(id);
  if (left === null) return '';
  if (leaf && shownState(node, scene) === 'running') {
    const rest = usualRest(node, scene) ?? left;
    return rest < 1000 ? 'due' : `~${duration(rest)}`;
  }
  if (left < 1000 && leaf) return '<1s';
  if (left < 60_000) return leaf && state !== 'in_progress' ? `~${duration(left)}` : minutes(left);
  return `~${minutes(left)}`;
}

/** Until what it usually takes is over, a leaf has the rest of it left (ms): `10s of about 4m` and `3m50s` are one fact. */
function usualRest(node: PlanNode, scene: Scene): number | null {
  const { took } = passageOf(node, scene);
  const usual = scene.timing.leaf(node.phase.id)?.p50 ?? null;
  return took === null || usual === null || took >= usual ? null : usual - took;
}

/** How far the leaf that runs is, `3m10s of about 5m48s`, in two lengths; null where that cannot be told. */
export function runningWords(
  node: PlanNode,
  scene: Scene,
): { long: string; short: string; late: boolean } | null {
  const { text, late } = tookWords(node, scene);
  const time = scene.timing.leaf(node.phase.id);
  if (text === '' || !node.phase.leaf) return text === '' ? null : { long: text, short: text, late };
  if (time === null) return { long: text, short: text, late };
  const [p50, p90] = [duration(time.p50), duration(time.p90)];
  const short = `${text} of ~${p50}`;
  return { long: late ? `${text} past its usual ${p90}` : `${text} of about ${p50}`, short, late };
}

/** Where what a leaf should take is known from, as a sentence without its dot. */
export function timeSource({ from, seen }: LeafTime, { cluster }: Pick<Scene, 'cluster'>): string {
  if (from === 'defaults' || seen.length === 0) return usualSource.defaults;
  if (from === 'earlier') return `from earlier operations: ${samplesWords(seen)}`;
  const [like] = seen;
  const before = cluster.earlier.findLast(({ kind, role }) => kind === like?.kind && role === like.role);
  const earlier = before === undefined ? '' : `, an earlier operation ${duration(before.ms)}`;
  return `${samplesWords(seen)}${earlier}`;
}

/** One or two by name, more as the spread of what they took; of what nobody watched, what it took at most. */
function samplesWords(seen: LeafTime['seen']): string {
  if (seen.length <= 2)
    return seen
      .map(({ node, phase, ms, atMost }) => `${node ?? phase} took ${atMost ? 'up to ' : ''}${duration(ms)}`)
      .join(', ');
  const times = seen.map(({ ms }) => ms);
  const spread = `${duration(Math.min(...times))} to ${duration(Math.max(...times))}`;
  const unwatched = seen.every(({ atMost }) => atMost) ? ' at most, by gravity’s stamps' : '';
  return `${seen.length} like it took ${spread}${unwatched}`;
}
