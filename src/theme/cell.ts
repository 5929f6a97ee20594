import type { Role } from './roles.ts';

/**
 * A piece of one line: text without any control character, what it means, and of a mark the word it stands for.
 * `reversed`: it is part of the selected row of what has the focus.
 */
export type Cell = { text: string; role?: Role; word?: string; reversed?: true };

/** One line of the screen, left to right. */
export type Row = readonly Cell[];
