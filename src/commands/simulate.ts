import { DEFAULT_OPERATION, OPERATIONS } from '../simulator/plan/operations.ts';
import { VERBS } from '../simulator/verbs/verbs.ts';
import { CommandError, type CommandRow } from './row.ts';
import { simulateScript } from './simulate-script.ts';
import { simulateUp } from './simulate-up.ts';
import { simulateVerb } from './simulate-verb.ts';

/** `gravity-console simulate`: start a cluster that is not there, change it while it runs, or run a script on one. */
export const simulateCommand: CommandRow = {
  name: 'simulate',
  operands: '<up|script|VERB> [operands]',
  describe: `a simulated cluster by itself, and what changes it while it runs:\n${verbLines()}`,
  flags: {
    dir: {
      type: 'string',
      describe:
        'where the cluster lives: bin/gravity, the gravity of each node in nodes/NODE/gravity, secrets/',
      placeholder: 'DIR',
    },
    scenario: { type: 'string', describe: 'up: what happens by itself', placeholder: 'NAME' },
    masters: { type: 'number', describe: 'up: how many masters', default: 3 },
    workers: { type: 'number', describe: 'up: how many workers', default: 2 },
    speed: { type: 'number', describe: 'up: how many simulated seconds of work pass in one', default: 1 },
    operation: {
      type: 'string',
      describe: `up: what the cluster is in the middle of: ${operationNames()}`,
      placeholder: 'NAME',
    },
    plan: { type: 'string', describe: 'up, script: the JSON of a plan to run instead', placeholder: 'FILE' },
    node: { type: 'string', describe: 'up: the node both doors stand on', placeholder: 'NAME' },
    seed: { type: 'number', describe: 'up: the same seed flies the same flight', default: 1 },
    parent: { type: 'number', describe: 'up: end when this process ends', placeholder: 'PID' },
    script: { type: 'string', describe: 'script: the commands', placeholder: 'FILE' },
    json: { type: 'string', describe: 'script: where the answers go', placeholder: 'OUT' },
  },
  run: async (context, { _: words, flags }) => {
    const [verb, ...operands] = words;
    if (verb === undefined) {
      throw new CommandError(
        2,
        'simulate needs a word that says what to do',
        'say up, script or one of its verbs',
      );
    }
    if (verb === 'up') return simulateUp(context, flags);
    if (verb === 'script') return simulateScript(context, flags);
    return simulateVerb(context, [verb, ...operands], flags);
  },
};

function operationNames(): string {
  return `${Object.keys(OPERATIONS).join(', ')} (default ${DEFAULT_OPERATION})`;
}

function verbLines(): string {
  return Object.entries(VERBS)
    .map(([name, { operands, describe }]) => `  ${`${name} ${operands}`.padEnd(44)} ${describe}`)
    .join('\n');
}
