import type { NextStep } from '../../protocol/why.ts';

/** The three kinds of a next step: a row of the table of actions, work by hand, nothing at all. */
export const next = {
  action: (text: string, action: string, args: Record<string, unknown> = {}): NextStep => ({
    what: 'action',
    text,
    action,
    args,
    commands: [],
  }),
  /** `commands` may be copied and are never run from here. */
  hand: (text: string, ...commands: string[]): NextStep => ({
    what: 'hand',
    text,
    action: null,
    args: {},
    commands,
  }),
  wait: (text: string): NextStep => ({ what: 'wait', text, action: null, args: {}, commands: [] }),
} as const;
