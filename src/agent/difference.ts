import type { Verdict } from '../actions/judge.ts';
import type { Judgement } from '../protocol/judgement.ts';

type Compared = Judgement | Verdict;

/** What changed between two judgements of one question, as sentences; empty when nothing that counts did. */
export function difference(before: Compared, after: Compared): string[] {
  const found = [
    verdict(before, after),
    list('what will run', before.commands, after.commands),
    list('the leaves it runs', before.impact.leaves, after.impact.leaves),
    change('the node it is about', before.impact.about, after.impact.about),
    change('the node it runs on', before.impact.runsOn, after.impact.runsOn),
    change('the word to type', before.confirm.word, after.confirm.word),
    change('etcd members', etcd(before), etcd(after)),
    states(before, after),
  ].filter((sentence) => sentence !== null);
  if (found.length === 0 && before.digest !== after.digest) return ['what it means changed'];
  return found;
}

function verdict(before: Compared, after: Compared): string | null {
  if (after.allowed && !before.allowed) return 'it is allowed now';
  if (after.allowed || after.reason === before.reason) return null;
  return `it is refused now: ${after.reason ?? 'no reason given'}`;
}

function list(what: string, before: readonly string[], after: readonly string[]): string | null {
  return change(what, shown(before), shown(after));
}

function shown(names: readonly string[]): string {
  const [first = 'nothing', ...rest] = names;
  return rest.length === 0 ? first : `${first} and ${rest.length} more, to ${rest.at(-1)}`;
}

/** Of the phases it is about; what one of both lists alone was said above. */
function states({ states: was = {} }: Compared, { states: is = {} }: Compared): string | null {
  const changed = Object.keys(was).filter((id) => is[id] !== undefined && is[id] !== was[id]);
  const [first, ...others] = changed;
  if (first === undefined) return null;
  const words = (state = '') => state.replace('_', ' ');
  const more = others.length === 0 ? '' : `, and ${others.length} more phases changed`;
  return `${first}: was ${words(was[first])}, is ${words(is[first])}${more}`;
}

function change(what: string, before: string | null, after: string | null): string | null {
  return before === after ? null : `${what}: was ${before ?? 'none'}, is ${after ?? 'none'}`;
}

function etcd({ impact }: Compared): string {
  const { etcd: members } = impact;
  if (members === null) return 'unknown';
  return `${members.now} now, ${members.during} while it runs, ${members.after} after, ${members.quorum} needed`;
}
