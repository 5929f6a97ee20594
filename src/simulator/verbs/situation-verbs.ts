import { heedLives } from '../health/heed-lives.ts';
import { arrangeSituation, SITUATIONS } from '../situations.ts';
import { nodeNamed } from './node-named.ts';
import type { SimulatorVerb } from './verbs.ts';

/** What is there and what is missing around the nodes, and where the commands are given. */
export const situationVerbs = {
  situation: {
    operands: 'NAME on|off',
    describe: `put the cluster in a situation, or take it out: ${Object.keys(SITUATIONS).join(', ')}`,
    run: ({ cluster }, [name = '', state = '']) => {
      const row = SITUATIONS[name];
      if (row === undefined)
        return { refused: `there is no situation "${name}": ${Object.keys(SITUATIONS).join(', ')}` };
      if (state !== 'on' && state !== 'off') return { refused: `"${state}" is neither on nor off` };
      arrangeSituation(cluster, row, state === 'on');
      return { done: state === 'on' ? row.describe : `no longer so: ${row.describe}` };
    },
  },
  'on-node': {
    operands: 'NODE',
    describe: 'let both doors stand on another node: what is started before goes on where it is',
    run: ({ cluster }, [name = '']) =>
      nodeNamed(cluster, name, ({ server }) => {
        cluster.host = server.hostname;
        heedLives(cluster);
        return `the doors stand on ${server.hostname}`;
      }),
  },
} satisfies Record<string, SimulatorVerb>;
