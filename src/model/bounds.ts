/** How much of what only grows is kept in the state; the journal and the cluster keep the rest. */
export const bounds = {
  history: 2000,
  changes: 500,
  runs: 200,
  samples: 4000,
  notes: 500,
  breakpoints: 100,
} as const;
