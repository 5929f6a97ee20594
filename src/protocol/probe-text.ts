import { type Foreign, foreignText } from './foreign.ts';

/** A probe's text as gravity shows it: `detail (error)`, or one of both alone; empty where it has neither. */
export function probeText(probe: Foreign): string {
  const detail = foreignText(probe['detail']) ?? '';
  const error = foreignText(probe['error']) ?? '';
  return detail !== '' && error !== '' ? `${detail} (${error})` : detail + error;
}
