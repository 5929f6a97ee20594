import type { Role } from './roles.ts';

type Level = { mark: string; ascii: string; word: string; role: Role };

/** What a cell of a strip over time can say, the calmest first: the worse, the higher it stands, so that no colour is needed. */
export const levels = {
  unknown: { mark: '·', ascii: '.', word: 'unknown', role: 'faint' },
  healthy: { mark: '▁', ascii: '_', word: 'healthy', role: 'good' },
  expected: { mark: '░', ascii: '-', word: 'expected', role: 'warn' },
  warning: { mark: '▄', ascii: '!', word: 'probe failed', role: 'warn' },
  degraded: { mark: '▆', ascii: 'o', word: 'degraded', role: 'bad' },
  offline: { mark: '█', ascii: 'x', word: 'offline', role: 'bad' },
} as const satisfies Record<string, Level>;

export type LevelName = keyof typeof levels;
