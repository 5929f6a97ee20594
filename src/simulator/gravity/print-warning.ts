import type { GravityProcess } from './process.ts';

/** A line in yellow on standard output, as gravity warns (recordings/story/10). */
export function printWarning({ print }: GravityProcess, text: string): void {
  print(`\u001b[33m${text}\u001b[0m\n`);
}
