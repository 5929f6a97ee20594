import type { Role } from './roles.ts';

/** A piece of one line: text without any control character, what it means, and of a mark the word it stands for. */
export type Cell = { text: string; role?: Role; word?: string };

/** One line of the screen, left to right. */
export type Row = readonly Cell[];
