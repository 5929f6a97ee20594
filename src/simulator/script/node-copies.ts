import { type Changelog, newestByPhase } from '../changelog.ts';
import type { PhaseState } from '../plan-document.ts';
import type { World } from '../world.ts';

/** The state of every leaf that has one, by copy: each host's and etcd's. */
export type NodeCopies = Readonly<Record<string, Readonly<Record<string, PhaseState>>>>;

/** What every copy of the changelog says now. */
export function copiesOf({ stores, tree }: World): NodeCopies {
  const known = (log: Changelog): Record<string, PhaseState> => {
    const newest = newestByPhase(log);
    const entries = tree.leaves.flatMap(({ id }) => {
      const entry = newest.get(id);
      return entry === undefined ? [] : [[id, entry.state] as const];
    });
    return Object.fromEntries(entries);
  };
  const hosts = [...stores.nodes].map(([host, log]) => [host, known(log)] as const);
  return { ...Object.fromEntries(hosts), etcd: known(stores.cluster) };
}

/** What is another state in each copy than it was before; a copy that is as it was stands there empty. */
export function changedCopies(before: NodeCopies, after: NodeCopies): NodeCopies {
  const changed = Object.entries(after).map(([copy, states]) => {
    const others = Object.entries(states).filter(([id, state]) => before[copy]?.[id] !== state);
    return [copy, Object.fromEntries(others)];
  });
  return Object.fromEntries(changed);
}
