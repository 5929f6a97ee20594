import { type Fault, fault } from '../fault.ts';
import type { GravityProcess } from './process.ts';

const ANSWERS: Readonly<Record<string, boolean>> = {
  y: true,
  Y: true,
  yes: true,
  n: false,
  N: false,
  no: false,
};

/** Gravity's question: anything but yes and no is asked again, the end of the input is an error (commands.md 1). */
export async function ask(gravity: GravityProcess, refusal: string): Promise<Fault | null> {
  for (;;) {
    gravity.out('Proceed? (yes/no):\n');
    const line = await gravity.readLine();
    if (line === null) return fault('EOF');
    const answer = ANSWERS[line.trim()];
    if (answer === true) return null;
    if (answer === false) return fault(refusal);
  }
}
