import { DEFAULT_OPERATION, OPERATIONS } from '../simulator/plan/operations.ts';
import { VERBS } from '../simulator/verbs/verbs.ts';
import { twoColumns } from './help-text.ts';
import { CommandError, type CommandRow } from './row.ts';
import { scenarioLines } from './scenario-lines.ts';
import { simulateScript } from './simulate-script.ts';
import { simulateUp } from './simulate-up.ts';
import { simulateVerb } from './simulate-verb.ts';

/** `gravity-console simulate`: start a cluster that is not there, change it while it runs, or run a script on one. */
export const simulateCommand: CommandRow = {
  name: 'simulate',
  operands: '<up|script|VERB> [operands]',
  describe: 'start a simulated cluster, change it while it runs, or run a script on one',
  examples: [
    ['gravity-console simulate up --dir /tmp/cluster --scenario quiet', 'starts one until it is ended'],
    ['gravity-console simulate fix', 'what is broken in the one that runs'],
    ['gravity-console simulate fix /masters/master-2/drain', 'ends what makes that phase fail'],
  ],
  more: (columns) => ['Verbs:', ...twoColumns(verbLines(), columns), '', ...scenarioLines(columns)],
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
    refuseExtra(verb, operands);
    if (verb === 'up') return simulateUp(context, flags);
    if (verb === 'script') return simulateScript(context, flags);
    return simulateVerb(context, [verb, ...operands], flags);
  },
};

/** A verb whose last operand is a text takes any number of words; the others as many as their table says. */
function refuseExtra(verb: string, given: readonly string[]): void {
  const words = VERBS[verb]?.operands.split(' ').filter(Boolean) ?? [];
  const isKnown = VERBS[verb] !== undefined || verb === 'up' || verb === 'script';
  const extra = given[words.length];
  if (!isKnown || extra === undefined || /TEXT|…/.test(words.at(-1) ?? '')) return;
  throw new CommandError(
    2,
    `simulate ${verb}: unexpected argument ${JSON.stringify(extra)}`,
    'see gravity-console simulate --help',
  );
}

function operationNames(): string {
  return `${Object.keys(OPERATIONS).join(', ')} (default ${DEFAULT_OPERATION})`;
}

function verbLines(): [string, string][] {
  return Object.entries(VERBS).map(([name, { operands, describe }]) => [`${name} ${operands}`, describe]);
}
