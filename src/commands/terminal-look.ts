import type { Look } from '../console/scene.ts';
import type { Context } from './context.ts';

/**
 * How the terminal wants to be drawn on: ASCII where it says it has nothing else (the Linux console's font lacks the
 * marks; a locale without UTF-8), plain lines where it cannot move its cursor (TERM=dumb), no colour under NO_COLOR (no-color.org: any value but the empty one).
 */
export function terminalLook(context: Context, flags: Record<string, unknown>): Look {
  const told = (name: string): string => context.env.get(name) ?? '';
  const locale = told('LC_ALL') || told('LC_CTYPE') || told('LANG');
  const term = told('TERM');
  const narrowFont = ['linux', 'dumb', 'vt100', 'vt220'].includes(term);
  return {
    ascii: flags['ascii'] === true || narrowFont || !/utf-?8/i.test(locale),
    titled: !narrowFont,
    dumb: term === 'dumb',
    colour: flags['no-color'] !== true && told('NO_COLOR') === '' && !isMonochrome(term),
  };
}

/** Terminals whose entry in terminfo has no colours: `xterm-mono`, `vt100`, `dumb`. */
function isMonochrome(term: string): boolean {
  return term === 'dumb' || /^vt\d/.test(term) || /-(mono|m)$/.test(term);
}
