/** How much of what only grows is kept in the state; the journal and the cluster keep the rest. */
export const bounds = { history: 2000, runs: 200 } as const;
