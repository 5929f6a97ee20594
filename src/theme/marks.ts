import type { Role } from './roles.ts';

type Mark = { mark: string; ascii: string; word: string; role: Role };

/** Every state shown: a mark, its ASCII twin, a word and a role, so that each of them alone tells it (design 8). */
export const marks = {
  completed: { mark: '✓', ascii: 'v', word: 'completed', role: 'good' },
  running: { mark: '→', ascii: '>', word: 'running', role: 'busy' },
  partly: { mark: '◐', ascii: 'o', word: 'partly', role: 'warn' },
  unseen: { mark: '◐', ascii: 'o', word: 'in progress, no known runner', role: 'warn' },
  failed: { mark: '×', ascii: 'x', word: 'failed', role: 'bad' },
  rolled_back: { mark: '↩', ascii: '<', word: 'rolled back', role: 'warn' },
  unstarted: { mark: '·', ascii: '.', word: 'unstarted', role: 'faint' },
  paused: { mark: '‖', ascii: '=', word: 'paused', role: 'warn' },
  unknown: { mark: '?', ascii: '?', word: 'unknown', role: 'warn' },
  healthy: { mark: '✓', ascii: 'v', word: 'healthy', role: 'good' },
  degraded: { mark: '◐', ascii: 'o', word: 'degraded', role: 'bad' },
  offline: { mark: '×', ascii: 'x', word: 'offline', role: 'bad' },
  warning: { mark: '!', ascii: '!', word: 'warning', role: 'warn' },
  happened: { mark: '·', ascii: '.', word: 'happened', role: 'plain' },
  queued: { mark: '·', ascii: '.', word: 'queued', role: 'faint' },
  done: { mark: '✓', ascii: 'v', word: 'done', role: 'good' },
  cancelled: { mark: '↩', ascii: '<', word: 'cancelled', role: 'warn' },
  lost: { mark: '?', ascii: '?', word: 'lost', role: 'bad' },
} as const satisfies Record<string, Mark>;

export type MarkName = keyof typeof marks;
