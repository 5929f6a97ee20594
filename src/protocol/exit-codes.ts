/** The command line's exit codes, the only ones there are (design 7). */
export const exitCodes = {
  fine: { code: 0, meaning: 'fine' },
  bug: { code: 1, meaning: 'our error' },
  usage: { code: 2, meaning: 'usage, no terminal, or an input that is not what it should be' },
  degraded: { code: 3, meaning: 'degraded (status, nodes)' },
  refused: { code: 4, meaning: 'refused, with the sentence' },
  noAgent: { code: 5, meaning: 'no agent' },
  runFailed: { code: 6, meaning: 'the action ran and failed' },
  unknown: { code: 7, meaning: 'unknown or stale (never 0)' },
} as const;
