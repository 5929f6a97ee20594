import type { Cluster, ClusterNode } from '../cluster/cluster.ts';
import { agentLife } from '../health/agent-life.ts';
import { clearProbes, hungProbe } from '../health/set-probe.ts';
import { nodeNamed } from './node-named.ts';
import type { SimulatorVerb } from './verbs.ts';

/** What can happen to the health agent of a node. All of it is noticed in the agents' own time, not at once. */
export const healthVerbs = {
  freeze: verb('freeze its health agent: it takes connections and never answers', 'frozen', 'is frozen'),
  'stop-agent': verb('kill its health agent; serf lives on', 'lost', 'is down'),
  'restart-agent': verb('restart its health agent: it knows nothing for 30 s', 'started', 'has just started'),
  'serf-dead': verb(
    'kill its serf: its health agent serves for ever what it served last',
    'serfDied',
    'has no serf to ask',
  ),
  hang: {
    operands: 'NODE CHECKER on|off',
    describe:
      'let a checker hang: after 20 s its agent says so in its place; `versions` stands for all versions',
    run: ({ cluster }, [name = '', checker = '', how = '']) => {
      if (checker === '' || (how !== 'on' && how !== 'off'))
        return { refused: 'name a checker after the node, then on or off' };
      return nodeNamed(cluster, name, (node) => {
        if (how === 'on') node.probes.set(checker, hungProbe(checker));
        else clearProbes(node, checker, undefined);
        return `${checker} on ${node.server.hostname} ${how === 'on' ? 'hangs' : 'answers'}`;
      });
    },
  },
  'crash-loop': {
    operands: 'NODE SECONDS',
    describe: 'let its health agent die again and again: 20 s alive, 5 s dead',
    run: ({ cluster, clock }, [name = '', duration = '']) => {
      const seconds = Number(duration);
      if (duration === '' || !(seconds > 0)) return { refused: `"${duration}" is not a number of seconds` };
      return nodeNamed(cluster, name, (node) => {
        void crashLoop(cluster, node, { seconds, pass: (ms) => clock.watch(ms) });
        return `the health agent of ${node.server.hostname} crashes for ${seconds} s`;
      });
    },
  },
  leave: verb('let it leave serf: the others list it no more', 'left', 'has left serf'),
} satisfies Record<string, SimulatorVerb>;

const LOOP = { aliveMs: 20_000, deadMs: 5_000 } as const;

async function crashLoop(
  cluster: Cluster,
  node: ClusterNode,
  { seconds, pass }: { seconds: number; pass: (ms: number) => Promise<unknown> },
): Promise<void> {
  for (let leftMs = seconds * 1000; leftMs > 0; leftMs -= LOOP.aliveMs + LOOP.deadMs) {
    agentLife.lost(cluster, node);
    await pass(LOOP.deadMs);
    agentLife.started(cluster, node);
    await pass(LOOP.aliveMs);
  }
}

function verb(describe: string, what: keyof typeof agentLife, isSoNow: string): SimulatorVerb {
  return {
    operands: 'NODE',
    describe,
    run: ({ cluster }, [name = '']) =>
      nodeNamed(cluster, name, (node: ClusterNode) => {
        agentLife[what](cluster, node);
        return `the health agent of ${node.server.hostname} ${isSoNow}`;
      }),
  };
}
