import { exitCodes } from '../protocol/exit-codes.ts';
import type { DoctorTwin } from '../protocol/twins.ts';
import { agentFlag } from './agent-address.ts';
import { agentChecks } from './doctor-agent.ts';
import type { Check } from './doctor-check.ts';
import { machineChecks, usualPlaceChecks } from './doctor-machine.ts';
import { terminalChecks } from './doctor-terminal.ts';
import { document, outputFlag, outputFormat } from './output-format.ts';
import { table } from './output-table.ts';
import type { CommandRow } from './row.ts';

/**
 * `gravity-console doctor`: what works here and what does not. It runs nothing: versions and the endpoint are the
 * agent's to ask. Exit 3 when something needed does not work; what is merely absent or unknown is no failure.
 */
export const doctorCommand: CommandRow = {
  name: 'doctor',
  operands: '',
  describe: 'what works here, what does not, and what reading touches',
  flags: { output: outputFlag, agent: agentFlag },
  run: async (context, { flags }) => {
    const agent = await agentChecks(context, flags);
    const usual = agent.answers ? [] : await usualPlaceChecks(context);
    const checks = [...(await machineChecks(context)), ...usual, ...agent.checks, ...terminalChecks(context)];
    const twin: DoctorTwin = { schema: 1, checks, touches };
    const format = outputFormat(flags);
    context.streams.out(format === 'text' ? text(twin) : await document(twin, format));
    return checks.some(({ state }) => state === 'does-not') ? exitCodes.degraded.code : exitCodes.fine.code;
  },
};

/** What gravity writes even when it only reads (client-facts 12), and what the agent adds. */
const touches = [
  '/var/lib/gravity/local/gravity.db and /var/lib/gravity/site/update/gravity.db: gravity makes them when it reads',
  '/var/lib/gravity-console/work/.gravity: gravity makes it in the directory it runs in',
  '/var/log/gravity-system.log: gravity appends to it',
  '/var/lib/gravity-console: the agent’s journal and the output of its runs, at most 200 MB',
  '/run/gravity-console: the agent’s sockets',
];

const stateWords: Record<Check['state'], string> = {
  works: 'works',
  'does-not': 'fails',
  unknown: 'unknown',
  absent: 'missing',
};

const marks: Record<Check['state'], string> = { works: '✓', 'does-not': '×', unknown: '?', absent: '·' };

function text({ checks, touches: touched }: DoctorTwin): string {
  const rows = checks.map(({ name, state, text: told, nextStep }) => [
    `${marks[state]} ${name}`,
    stateWords[state],
    nextStep === null ? told : `${told} (next: ${nextStep})`,
  ]);
  const lines = [
    ...table(['What', 'State', 'Why'], rows),
    '',
    'Reading a cluster touches on this machine:',
    ...touched.map((each) => `  ${each}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
