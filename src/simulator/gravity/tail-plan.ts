import { type Fault, fault } from '../fault.ts';
import { goJson } from '../go-json.ts';
import { goPrintf } from '../go-printf.ts';
import { goTime } from '../go-time.ts';
import { statesOn } from '../world.ts';
import type { GravityProcess } from './process.ts';

/**
 * `plan --tail`: first what was, in plan order, then each change with the place of its phase among all, until the plan
 * is done or a phase failed; that ends it with the raw JSON of the error (client-facts 13, recordings/story/42, 78).
 */
export async function tailPlan(gravity: GravityProcess): Promise<Fault | null> {
  const { world } = gravity.cluster;
  const { leaves } = world.tree;
  const shown = new Map<string, string>();
  for (;;) {
    const states = statesOn(world, gravity.node);
    for (const [at, { id }] of leaves.entries()) {
      const entry = states.get(id);
      if (entry === undefined || shown.get(id) === entry.state) continue;
      shown.set(id, entry.state);
      const count = `[${String(at + 1).padStart(3)}/${String(leaves.length).padStart(3)}]`;
      gravity.print(`${blue(goTime.line(entry.created))}\t${count} Phase ${id} is ${entry.state}\n`);
      if (entry.state === 'failed') return fault(goPrintf(goJson(entry.error?.error ?? {})));
    }
    const ending = endOf(leaves.map(({ id }) => states.get(id)?.state ?? 'unstarted'));
    if (ending !== null) {
      gravity.print(`${blue(goTime.line(world.clock.now()))}\t\u001b[32m${ending}\u001b[0m\n`);
      return null;
    }
    await Promise.race([world.clock.watch(1000), gravity.life.over]);
    if (gravity.life.ended()) return null;
  }
}

function blue(text: string): string {
  return `\u001b[34m${text}\u001b[0m`;
}

function endOf(states: readonly string[]): string | null {
  if (states.every((state) => state === 'completed')) return 'Operation plan is completed';
  if (states.every((state) => state === 'rolled_back')) return 'Operation plan is rolled back';
  return null;
}
