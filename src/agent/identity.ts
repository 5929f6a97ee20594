import { cleanLine } from '../protocol/clean.ts';
import type { Identity } from '../protocol/identity.ts';

const longest = 100;

/** Who somebody claims to be, made fit to be shown and kept: cleaned and cut. Nobody claimed is `unknown`. */
export function claimed(by: Identity | undefined): Identity {
  if (by === undefined) return { user: 'unknown', from: null, tty: null, console: null };
  return {
    user: cut(by.user) ?? 'unknown',
    from: cut(by.from),
    tty: cut(by.tty),
    console: cut(by.console),
  };
}

function cut(text: string | null): string | null {
  const cleaned = cleanLine(text ?? '').slice(0, longest);
  return cleaned === '' ? null : cleaned;
}
