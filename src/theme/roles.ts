/**
 * Roles of colour -> SGR parameters in the terminal's own 16 colours, so that light and dark backgrounds both read.
 * `colour` is left out under NO_COLOR; `weight` (bold, faint, reverse) stays: no state is told by colour alone.
 */
export const roles = {
  plain: { colour: '', weight: '' },
  faint: { colour: '', weight: '2' },
  strong: { colour: '', weight: '1' },
  title: { colour: '', weight: '1' },
  good: { colour: '32', weight: '' },
  busy: { colour: '36', weight: '1' },
  warn: { colour: '33', weight: '' },
  bad: { colour: '31', weight: '1' },
  attend: { colour: '33', weight: '1' },
  key: { colour: '36', weight: '1' },
  cursor: { colour: '36', weight: '1' },
  chosen: { colour: '', weight: '7' },
  live: { colour: '31', weight: '1;7' },
  rehearsal: { colour: '34', weight: '1;7' },
  replay: { colour: '35', weight: '1;7' },
} as const satisfies Record<string, { colour: string; weight: string }>;

export type Role = keyof typeof roles;
