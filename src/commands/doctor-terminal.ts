import { cleanLine } from '../protocol/clean.ts';
import type { Context } from './context.ts';
import { type Check, check } from './doctor-check.ts';

/** Whether the console can be drawn where this runs. */
export function terminalChecks(context: Context): Check[] {
  return [sizeCheck(context), colourCheck(context), encodingCheck(context), tmuxCheck(context)];
}

function sizeCheck({ terminal }: Context): Check {
  if (!terminal.isTty)
    return check(
      'terminal',
      'absent',
      'this is no terminal: the one-shot commands work, the console does not',
      'use tsh ssh -t',
    );
  const { columns, rows } = terminal.size();
  const text = `${columns} columns, ${rows} rows`;
  return columns >= 80 && rows >= 24
    ? check('terminal', 'works', text)
    : check('terminal', 'does-not', `${text}: less than 80 by 24`, 'make the window larger');
}

function colourCheck({ env }: Context): Check {
  const term = cleanLine(env.get('TERM') ?? '');
  if ((env.get('NO_COLOR') ?? '') !== '')
    return check('colour', 'absent', 'NO_COLOR is set: states are told by marks and words');
  if (term === '' || term === 'dumb')
    return check(
      'colour',
      'absent',
      `TERM is ${term === '' ? 'not set' : term}: no colours`,
      'set TERM, for example xterm-256color',
    );
  return check('colour', 'works', `TERM is ${term}`);
}

/** The first of the three that is set decides, as in POSIX. */
function encodingCheck({ env }: Context): Check {
  const locale = cleanLine(
    [env.get('LC_ALL'), env.get('LC_CTYPE'), env.get('LANG')].find(
      (value) => value !== undefined && value !== '',
    ) ?? '',
  );
  if (/utf-?8/i.test(locale)) return check('letters', 'works', `the locale is ${locale}`);
  return check(
    'letters',
    'absent',
    `the locale is ${locale === '' ? 'not set' : locale}, not UTF-8`,
    'use --ascii, or set LANG=C.UTF-8',
  );
}

function tmuxCheck({ env }: Context): Check {
  if ((env.get('TMUX') ?? '') !== '')
    return check('tmux', 'works', 'this is inside tmux: a lost connection loses no screen');
  if ((env.get('STY') ?? '') !== '')
    return check('tmux', 'works', 'this is inside screen: a lost connection loses no screen');
  return check(
    'tmux',
    'absent',
    'not inside tmux: runs survive a lost connection, the screen does not',
    'start tmux first',
  );
}
