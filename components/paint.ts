import type { Row } from '../src/theme/cell.ts';
import { roles } from '../src/theme/roles.ts';

/** A row as one string with its SGR codes inside: one styled text a line is what keeps drawing cheap. */
export function paint(row: Row, colour: boolean): string {
  let out = '';
  for (const { text, role, reversed } of row) {
    if (text === '') continue;
    const blank = role !== 'chosen' && text.trim() === '';
    const own = role === undefined || blank ? '' : sgr(roles[role], colour);
    const codes = reversed && role !== 'chosen' ? [own, '7'].filter((code) => code !== '').join(';') : own;
    out += codes === '' ? text : `\u001b[${codes}m${text}\u001b[0m`;
  }
  return out;
}

function sgr(role: { colour: string; weight: string }, colour: boolean): string {
  return [role.weight, colour ? role.colour : ''].filter((code) => code !== '').join(';');
}
