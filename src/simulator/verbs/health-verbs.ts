import type { ClusterNode } from '../cluster/cluster.ts';
import { agentLife } from '../health/agent-life.ts';
import { nodeNamed } from './node-named.ts';
import type { SimulatorVerb } from './verbs.ts';

/** What can happen to the health agent of a node. All of it is noticed in the agents' own time, not at once. */
export const healthVerbs = {
  freeze: verb('freeze its health agent: it takes connections and never answers', 'frozen', 'is frozen'),
  'stop-agent': verb('kill its health agent; serf lives on', 'lost', 'is down'),
  'restart-agent': verb(
    'start its health agent anew: it knows nothing for 30 s',
    'started',
    'has just started',
  ),
  'serf-dead': verb(
    'kill its serf: its health agent serves for ever what it served last',
    'serfDied',
    'has no serf to ask',
  ),
  leave: verb('let it leave serf: the others list it no more', 'left', 'has left serf'),
} satisfies Record<string, SimulatorVerb>;

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
