/**
 * Whether this console may lend its terminal to a program of this machine: who it is, as the agent checks it, or the
 * sentence why not.
 */
export type OwnTerminal = { pid: number; birth: string } | { refused: string };
