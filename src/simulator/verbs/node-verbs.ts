import type { Cluster, ClusterNode } from '../cluster/cluster.ts';
import { machine } from '../cluster/machine.ts';
import { healthRound } from '../health/health-round.ts';
import { askedProbe, clearProbes, runsOn } from '../health/set-probe.ts';
import { updateAgents } from '../update-agents.ts';
import { nodeNamed } from './node-named.ts';
import type { SimulatorVerb, VerbAnswer } from './verbs.ts';

const REBOOT_MS = 90_000;

/** What can be done to a node. */
export const nodeVerbs = {
  'agent-down': {
    operands: 'NODE',
    describe:
      "stop a node's update agent: whoever waits for it gets an error, and what it started continues for a while",
    run: ({ cluster }, [name = '']) =>
      onNode(cluster, name, ({ server }) => {
        updateAgents.stop(cluster.world, server.hostname);
        return `no update agent runs on ${server.hostname}`;
      }),
  },
  'agent-up': {
    operands: 'NODE',
    describe: "start a node's update agent",
    run: ({ cluster }, [name = '']) =>
      onNode(cluster, name, ({ server }) => {
        updateAgents.start(cluster.world, server.hostname);
        return `an update agent runs on ${server.hostname}`;
      }),
  },
  probe: {
    operands: 'NODE CHECKER failed|running [TEXT]',
    describe:
      'let a health probe of a node fail or run; TEXT: the error, or the peer, pod, condition or unit',
    run: ({ cluster }, [name = '', checker = '', status = '', ...words]) => {
      if (checker === '') return { refused: 'name a checker after the node, such as docker' };
      if (status !== 'failed' && status !== 'running')
        return { refused: `"${status}" is neither failed nor running` };
      const text = words.length === 0 ? undefined : words.join(' ');
      const role = cluster.nodes.get(name)?.role;
      if (role !== undefined && !runsOn(checker, role))
        return {
          refused: `${checker} does not run on ${name}, which is a ${role === 'node' ? 'worker' : role}`,
        };
      return onNode(cluster, name, (node) => {
        if (status === 'running') clearProbes(node, checker, text);
        else {
          const { key, probe } = askedProbe(
            cluster,
            node,
            text === undefined ? { checker } : { checker, about: text },
          );
          node.probes.set(key, probe);
        }
        return `${checker} on ${node.server.hostname} is ${status}`;
      });
    },
  },
  disk: {
    operands: 'NODE PERCENT',
    describe: "fill a node's state directory: a warning over 80, degraded over 90",
    run: ({ cluster }, [name = '', percent = '']) => {
      const value = Number(percent);
      if (percent === '' || !(value >= 0 && value <= 100))
        return { refused: `"${percent}" is not a percentage` };
      return onNode(cluster, name, (node) => {
        node.diskPercent = value;
        return `the disk of ${node.server.hostname} is ${value}% full`;
      });
    },
  },
  reboot: {
    operands: 'NODE',
    describe: 'take a node down; it comes back by itself, its update agent too',
    run: ({ cluster, clock }, [name = '']) =>
      onNode(cluster, name, (node) => {
        machine.stop(cluster, node);
        void clock.watch(REBOOT_MS).then(() => machine.start(cluster, node));
        return `${node.server.hostname} is rebooting`;
      }),
  },
  power: {
    operands: 'NODE on|off',
    describe: 'switch a node off, or on again',
    run: ({ cluster }, [name = '', state = '']) => {
      if (state !== 'on' && state !== 'off') return { refused: `"${state}" is neither on nor off` };
      return onNode(cluster, name, (node) => {
        machine[state === 'on' ? 'start' : 'stop'](cluster, node);
        return `${node.server.hostname} is ${state}`;
      });
    },
  },
  cordon: {
    operands: 'NODE on|off',
    describe: 'close a node to new pods by hand, or open it again and take the taint off',
    run: ({ cluster }, [name = '', state = '']) => {
      if (state !== 'on' && state !== 'off') return { refused: `"${state}" is neither on nor off` };
      return onNode(cluster, name, ({ server }) => {
        cluster.cordoned.set(server.hostname, state === 'on');
        return `${server.hostname} is ${state === 'on' ? 'cordoned' : 'schedulable'}`;
      });
    },
  },
  clock: {
    operands: 'NODE OFFSET',
    describe: "set a node's clock off by so many seconds",
    run: ({ cluster }, [name = '', offset = '']) => {
      const seconds = Number(offset);
      if (offset === '' || !Number.isFinite(seconds))
        return { refused: `"${offset}" is not a number of seconds` };
      return onNode(cluster, name, ({ server }) => {
        cluster.world.clockOffsets.set(server.hostname, seconds * 1000);
        return `the clock of ${server.hostname} is ${seconds} s off`;
      });
    },
  },
  lag: {
    operands: 'NODE SECONDS',
    describe: 'let what a node fetches from etcd be so old at least; 0 ends it',
    run: ({ cluster }, [name = '', lag = '']) => {
      const seconds = Number(lag);
      if (lag === '' || !(seconds >= 0)) return { refused: `"${lag}" is not a number of seconds` };
      return onNode(cluster, name, ({ server }) => {
        if (seconds === 0) cluster.world.lags.delete(server.hostname);
        else cluster.world.lags.set(server.hostname, seconds * 1000);
        return `${server.hostname} fetches what others did ${seconds} s before`;
      });
    },
  },
} satisfies Record<string, SimulatorVerb>;

/** Makes a node as it was when the cluster started. */
export function healNode(cluster: Cluster, name: string): VerbAnswer {
  return onNode(cluster, name, (node) => {
    node.probes.clear();
    node.diskPercent = Math.min(node.diskPercent, 37);
    cluster.world.clockOffsets.delete(node.server.hostname);
    cluster.world.lags.delete(node.server.hostname);
    bringBack(cluster, node);
    return `${node.server.hostname} is well`;
  });
}

function bringBack(cluster: Cluster, node: ClusterNode): void {
  machine.start(cluster, node);
  healthRound(cluster);
}

/** What was arranged is seen at once: the next round of the agents may be half a minute away. */
function onNode(cluster: Cluster, name: string, change: (node: ClusterNode) => string): VerbAnswer {
  const answer = nodeNamed(cluster, name, change);
  if ('done' in answer) healthRound(cluster);
  return answer;
}
