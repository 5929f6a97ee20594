import { type Foreign, foreignName, foreignObjects } from '../../protocol/foreign.ts';

/** A condition of a pod or a node: true, false, or null where it is not told; `why` in Kubernetes' own words. */
export type Condition = { holds: boolean | null; why: string | null };

/** The condition of this type in a status. */
export function conditionOf(status: Foreign | null, type: string): Condition {
  const found = foreignObjects(status?.['conditions']).find((each) => each['type'] === type);
  const word = found?.['status'];
  return {
    holds: word === 'True' ? true : word === 'False' ? false : null,
    why: foreignName(found?.['message']) ?? foreignName(found?.['reason']),
  };
}
