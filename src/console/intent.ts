import type { WhyAbout } from './why-overlay.ts';

/** What can be asked for in plain lines. */
export type Said = 'screen' | 'standing' | 'keys' | 'dumb';

/** What the update asks of the world; the console's effects do it. */
export type Intent =
  | { kind: 'quit' }
  | { kind: 'repaint' }
  | { kind: 'suspend' }
  /** The full screen gives way to plain lines, or they to it: `Ui.linear` says which. */
  | { kind: 'linear' }
  /** In plain lines: the screen chosen, where things stand, or what the keys do. */
  | { kind: 'say'; what: Said }
  | { kind: 'copy'; name: string; text: string; toFile: boolean }
  | { kind: 'judge'; card: number; action: string; args: Record<string, unknown> }
  | {
      kind: 'start';
      card: number;
      judgementId: string;
      word: string | null;
      reason: string | null;
      drive: boolean;
    }
  | { kind: 'rearm'; card: number }
  | { kind: 'settle' }
  | { kind: 'why'; id: number; about: WhyAbout };
