import type { Role } from './roles.ts';

/** A piece of one line: text without any control character, and what it means. */
export type Cell = { text: string; role?: Role };

/** One line of the screen, left to right. */
export type Row = readonly Cell[];
