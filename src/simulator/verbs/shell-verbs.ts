import { runGravity } from '../gravity/run-gravity.ts';
import { newLife } from '../life.ts';
import type { SimulatorVerb } from './verbs.ts';

/** What somebody else does in a shell of their own. */
export const shellVerbs = {
  shell: {
    operands: "'WORDS'",
    describe: 'let somebody in a second shell run gravity: "plan execute --phase=/checks" in one word',
    run: ({ cluster }, words) => {
      const argv = words
        .join(' ')
        .split(/\s+/)
        .filter((word) => word !== '');
      if (argv.length === 0)
        return { refused: 'give the words after gravity, such as plan execute --phase=/checks' };
      const running = { node: cluster.host, life: newLife() };
      cluster.world.processes.add(running);
      void runGravity({
        cluster,
        argv,
        uid: 0,
        node: cluster.host,
        life: running.life,
        out: () => {},
        err: () => {},
        readLine: async () => null,
      }).finally(() => cluster.world.processes.delete(running));
      return { done: `somebody runs gravity ${argv.join(' ')}` };
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
