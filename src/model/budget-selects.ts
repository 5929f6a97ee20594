import type { DisruptionBudget, LabelSelector, Pod } from '../protocol/kubernetes.ts';

/** Whether a disruption budget counts this pod: the same namespace, and all of its selector true. */
export function budgetSelects({ namespace, selector }: DisruptionBudget, pod: Pod): boolean {
  return selector !== null && namespace === pod.namespace && selects(selector, pod.labels);
}

function selects({ labels, expressions }: LabelSelector, of: Pod['labels']): boolean {
  return (
    Object.entries(labels).every(([key, value]) => of[key] === value) &&
    expressions.every(({ key, operator, values }) => operators[operator]?.(of[key], values) ?? false)
  );
}

/** The operators of a label selector; one nobody knows selects nothing. */
const operators: Readonly<Record<string, (value: string | undefined, values: readonly string[]) => boolean>> =
  {
    In: (value, values) => value !== undefined && values.includes(value),
    NotIn: (value, values) => value === undefined || !values.includes(value),
    Exists: (value) => value !== undefined,
    DoesNotExist: (value) => value === undefined,
  };
