/**
 * What a filter looks at in an item: `names` are its names, states and verdicts as they stand on the screen, `texts` all
 * other text it has. Text of a failure mentions what it is not: only names can exclude an item.
 */
export type Filtered = { names: readonly (string | null)[]; texts?: readonly (string | null)[] };

/**
 * Whether an item passes a filter: one of its names or texts contains it, whatever the case; with a leading `!` none of
 * its names does; empty passes all.
 */
export function passes(filter: string, { names, texts = [] }: Filtered): boolean {
  const inverted = filter.startsWith('!');
  const wanted = (inverted ? filter.slice(1) : filter).toLowerCase();
  if (wanted === '') return true;
  const holds = (words: Filtered['names']) => words.some((word) => word?.toLowerCase().includes(wanted));
  return inverted ? !holds(names) : holds(names) || holds(texts);
}

/** A state as gravity writes it and as it is read: `in_progress` and `in progress`. */
export function stateWords(state: string): string[] {
  return [state, state.replaceAll('_', ' ')];
}
