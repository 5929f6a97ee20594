import { appendFileSync, readFileSync } from 'node:fs';
import { loadFlight } from './flight.ts';

/**
 * A `gravity` that is a program: answers as the recorded one did at this moment. `plan` tells the flight, when it
 * began and how much faster than real it goes; each answer's moment is noted in `answers`, a line `T ARGV`.
 */
export function flightGravity({ plan, answers }: { plan: string; answers: string }): void {
  const { name, start, speed } = JSON.parse(readFileSync(plan, 'utf8'));
  const argv = process.argv.slice(2);
  const t = ((Date.now() - start) / 1000) * speed;
  const { stdout, stderr, exitCode } = loadFlight(name).answer(argv, t);
  appendFileSync(answers, `${t} ${argv.join(' ')}\n`);
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = exitCode;
}
