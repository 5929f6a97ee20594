import type { Cluster } from '../cluster/cluster.ts';
import { runGravity } from '../gravity/run-gravity.ts';
import { newLife } from '../life.ts';
import { nodeNamed } from './node-named.ts';
import type { SimulatorVerb, VerbAnswer } from './verbs.ts';

/** What somebody else does in a shell of their own. */
export const shellVerbs = {
  shell: {
    operands: "'WORDS'",
    describe: 'let somebody in a second shell run gravity: "plan execute --phase=/checks" in one word',
    run: ({ cluster }, words) => {
      const argv = argvOf(words);
      return argv.length === 0 ? NO_WORDS : { done: startShell(cluster, cluster.host, argv) };
    },
  },
  'shell-on': {
    operands: "NODE 'WORDS'",
    describe: 'the same in a shell on another node',
    run: ({ cluster }, [name = '', ...words]) => {
      const argv = argvOf(words);
      if (argv.length === 0) return NO_WORDS;
      return nodeNamed(cluster, name, ({ server }) => startShell(cluster, server.hostname, argv));
    },
  },
  binary: {
    operands: 'VERSION',
    describe: 'replace the gravity at the door by one of another version',
    run: ({ cluster }, [version = '']) => {
      if (!/^\d+\.\d+\.\d+/.test(version)) return { refused: `"${version}" is not a version such as 7.0.30` };
      cluster.gravityVersion = version;
      return { done: `gravity is of version ${version}` };
    },
  },
} satisfies Record<string, SimulatorVerb>;

const NO_WORDS: VerbAnswer = {
  refused: 'give the words after gravity, such as plan execute --phase=/checks',
};

function argvOf(words: readonly string[]): string[] {
  const all = words.join(' ').split(/\s+/);
  return all.filter((word) => word !== '');
}

/** Whoever runs it waits for nothing and sees nothing of it. */
function startShell(cluster: Cluster, node: string, argv: readonly string[]): string {
  const running = { node, life: newLife() };
  cluster.world.processes.add(running);
  void runGravity({
    cluster,
    argv,
    uid: 0,
    node,
    life: running.life,
    out: () => {},
    err: () => {},
    readLine: async () => null,
  }).finally(() => cluster.world.processes.delete(running));
  return `somebody runs gravity ${argv.join(' ')} on ${node}`;
}
