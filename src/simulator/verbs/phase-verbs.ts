import type { Cluster } from '../cluster/cluster.ts';
import { fault } from '../fault.ts';
import { isGroup } from '../phase-tree.ts';
import { listBroken, nothingNamed } from './broken.ts';
import { healNode } from './node-verbs.ts';
import type { SimulatorVerb, VerbAnswer } from './verbs.ts';

/** What can be done to the work of a phase. */
export const phaseVerbs = {
  fix: {
    operands: '[PHASE|NODE]',
    describe: 'end whatever was arranged for a phase or a node; without one list what is broken',
    run: ({ cluster }, [name = '']) => {
      if (name === '') return listBroken(cluster);
      if (!name.startsWith('/')) {
        const healed = healNode(cluster, name);
        return 'done' in healed ? healed : nothingNamed(cluster, name);
      }
      return onLeaf(cluster, name, () => {
        cluster.world.arranged.delete(name);
        cluster.world.slowness.delete(name);
        return `${name} works again`;
      });
    },
  },
  fail: {
    operands: 'PHASE TEXT',
    describe: 'let a phase fail with a text until it is fixed',
    run: ({ cluster }, [name = '', ...words]) =>
      onLeaf(cluster, name, () => {
        const text = words.join(' ') || 'arranged failure';
        cluster.world.arranged.set(name, { ...cluster.world.arranged.get(name), execute: fault(text) });
        return `${name} will fail: ${text}`;
      }),
  },
  kill: {
    operands: 'PHASE',
    describe: 'kill the gravity that runs a phase, once, and with it what it started on another node',
    run: ({ cluster }, [name = '']) =>
      onLeaf(cluster, name, () => {
        cluster.world.arranged.set(name, { ...cluster.world.arranged.get(name), kill: true });
        return `gravity will be killed in ${name}, once`;
      }),
  },
  crash: {
    operands: 'PHASE',
    describe: 'let the process die that does the work of a phase, on its own node, once',
    run: ({ cluster }, [name = '']) =>
      onLeaf(cluster, name, () => {
        cluster.world.arranged.set(name, { ...cluster.world.arranged.get(name), crash: true });
        return `the process will die in ${name}, once`;
      }),
  },
  slow: {
    operands: 'PHASE FACTOR',
    describe: 'let a phase take longer',
    run: ({ cluster }, [name = '', factor = '']) => {
      const times = Number(factor);
      if (!(times > 0)) return { refused: `"${factor}" is not a factor: give a number above 0, such as 10` };
      return onLeaf(cluster, name, () => {
        cluster.world.slowness.set(name, times);
        return `${name} takes ${times} times as long`;
      });
    },
  },
} satisfies Record<string, SimulatorVerb>;

function onLeaf({ world }: Cluster, name: string, change: () => string): VerbAnswer {
  const found = world.tree.byId.get(name);
  if (found === undefined)
    return { refused: `there is no phase "${name}" in the plan: gravity plan shows them` };
  if (isGroup(found.phase)) return { refused: `${name} is a group of phases: name one of its phases` };
  return { done: change() };
}
