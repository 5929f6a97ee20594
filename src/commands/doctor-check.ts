import type { DoctorTwin } from '../protocol/twins.ts';

/** One thing looked at. `absent` is what need not be there, `unknown` what cannot be told from here. */
export type Check = DoctorTwin['checks'][number];

export function check(
  name: string,
  state: Check['state'],
  text: string,
  nextStep: string | null = null,
): Check {
  return { name, state, text, nextStep };
}
