/** What the update asks of the world; the console's effects do it. */
export type Intent =
  | { kind: 'quit' }
  | { kind: 'repaint' }
  | { kind: 'suspend' }
  | { kind: 'judge'; card: number; action: string; args: Record<string, unknown> }
  | {
      kind: 'start';
      card: number;
      judgementId: string;
      word: string | null;
      reason: string | null;
      drive: boolean;
    }
  | { kind: 'rearm'; card: number };
