import { foreign, foreignList, foreignName, foreignObjects } from '../../protocol/foreign.ts';
import type { LabelSelector } from '../../protocol/kubernetes.ts';
import { labelsOf } from './labels.ts';

/**
 * The selector of a disruption budget. None selects no pod; an empty one none in policy/v1beta1, and every pod of the
 * namespace from policy/v1 on (Kubernetes' own API reference).
 */
export function labelSelector(value: unknown, apiVersion: unknown): LabelSelector | null {
  const selector = foreign(value);
  if (selector === null) return null;
  const labels = labelsOf(selector['matchLabels']);
  const expressions = foreignObjects(selector['matchExpressions']).map((each) => ({
    key: foreignName(each['key']) ?? '',
    operator: foreignName(each['operator']) ?? '',
    values: foreignList(each['values']).flatMap((one) => foreignName(one) ?? []),
  }));
  const isEmpty = Object.keys(labels).length === 0 && expressions.length === 0;
  return isEmpty && apiVersion !== 'policy/v1' ? null : { labels, expressions };
}
