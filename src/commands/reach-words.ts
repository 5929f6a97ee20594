import { shellQuote } from '../actions/shell-quote.ts';

/** The flags that lead another command of ours to the same agent, to be shown and copied; empty for this machine's own. */
export function reachWords(flags: Record<string, unknown>): string {
  const given = ['agent', 'via'].filter((name) => flags[name] !== undefined);
  return shellQuote(given.flatMap((name) => [`--${name}`, String(flags[name])]));
}
