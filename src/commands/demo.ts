import type { Started } from '../ports.ts';
import { exitCodes } from '../protocol/exit-codes.ts';
import { noBellFlag, runConsole } from './console.ts';
import type { Context } from './context.ts';
import { CommandError, type CommandRow } from './row.ts';
import { scenarioLines } from './scenario-lines.ts';
import { registerSimulator } from './simulator-registry.ts';
import { startAndAwaitLine } from './start-and-await-line.ts';

/** `gravity-console demo`: a simulated cluster, an agent on it and this terminal's console; two processes beside ours. */
export const demoCommand: CommandRow = {
  name: 'demo',
  operands: '',
  describe: 'fly the console on a simulated cluster: nothing else is needed and nothing real is touched',
  flags: {
    dir: {
      type: 'string',
      describe: 'where the simulated cluster and its agent live; kept afterwards',
      placeholder: 'DIR',
    },
    scenario: { type: 'string', describe: 'what happens by itself; listed below', placeholder: 'NAME' },
    masters: { type: 'number', describe: 'how many masters', default: 3 },
    workers: { type: 'number', describe: 'how many workers', default: 2 },
    operation: { type: 'string', describe: 'what the cluster is in the middle of', placeholder: 'NAME' },
    speed: { type: 'number', describe: 'how many simulated seconds pass in one', default: 4 },
    plan: { type: 'string', describe: 'the JSON of a plan of your own: rehearse it', placeholder: 'FILE' },
    screen: { type: 'string', describe: 'the screen to begin with', placeholder: 'NAME' },
    drive: { type: 'boolean', describe: 'take the wheel at once', default: false },
    ascii: { type: 'boolean', describe: 'marks in ASCII', default: false },
    utc: { type: 'boolean', describe: 'times in UTC', default: false },
    'no-color': { type: 'boolean', describe: 'no colours', default: false },
    'no-bell': noBellFlag,
  },
  examples: [
    ['gravity-console demo', 'an upgrade whose drain fails'],
    ['gravity-console demo --scenario etcd-dark --speed 20', 'another one, faster'],
    [
      'gravity-console demo --plan plan.json',
      'your own upgrade, from where it stands: nothing moves until you step',
    ],
  ],
  more: scenarioLines,
  run: async (context, { flags }) => {
    if (!context.terminal.isTty) {
      throw new CommandError(
        exitCodes.usage.code,
        'the demo is a full-screen console and this is no terminal',
        'run it in a terminal, or over ssh with ssh -t',
      );
    }
    const temporary = flags['dir'] === undefined;
    const dir = temporary
      ? `${context.places.temporary}/gravity-console-demo-${context.random.uuid().slice(0, 8)}`
      : absolute(context, String(flags['dir']));
    const unregister = temporary ? await registerSimulator(context, dir, 'directory') : async () => {};
    await context.files.makeDirectory(dir, { mode: 0o700 });
    try {
      return await fly(context, dir, flags);
    } finally {
      if (temporary) await context.files.remove(dir);
      await unregister();
    }
  },
};

async function fly(context: Context, dir: string, flags: Record<string, unknown>): Promise<number> {
  const cluster = await startCluster(context, dir, flags);
  try {
    const agent = await startAgent(context, dir, cluster.ready);
    try {
      return await runConsole(context, { ...flags, socket: said(agent.ready, 'socket'), reach: null });
    } finally {
      await end(agent.process);
    }
  } finally {
    await end(cluster.process);
  }
}

type Ready = Record<string, string>;

async function startCluster(
  context: Context,
  dir: string,
  flags: Record<string, unknown>,
): Promise<{ process: Started; ready: Ready }> {
  const passed = ['scenario', 'operation', 'masters', 'workers', 'speed', 'plan'].filter(
    (name) => flags[name] !== undefined,
  );
  const words = passed.map((name) => `--${name}=${String(flags[name])}`);
  return startAndAwaitLine(context, ['simulate', 'up', `--dir=${dir}`, ...words, parent(context)]);
}

async function startAgent(
  context: Context,
  dir: string,
  cluster: Ready,
): Promise<{ process: Started; ready: Ready }> {
  const secrets = said(cluster, 'secrets');
  return startAndAwaitLine(context, [
    'agent',
    `--gravity=${said(cluster, 'gravity')}`,
    `--health=${said(cluster, 'health')}`,
    ...(cluster['healthOf'] ?? '')
      .split(' ')
      .filter(Boolean)
      .map((pair) => `--health-of=${pair}`),
    `--ca=${secrets}/root.cert`,
    `--cert=${secrets}/planet-rpc-client.cert`,
    `--key=${secrets}/planet-rpc-client.key`,
    `--node=${cluster['node'] ?? 'master-1'}`,
    '--units=none',
    `--listen=unix:${dir}/agent.sock`,
    `--state-dir=${dir}/state`,
    '--kind=rehearsal',
    '--label=demo',
    parent(context),
  ]);
}

/** What a program of ours said of itself when it was ready. */
function said(ready: Ready, name: string): string {
  const value = ready[name];
  if (value === undefined) throw new Error(`a program of ours did not say its ${name}`);
  return value;
}

/** However we end, kill -9 included, what we started sees it and ends too. */
function parent(context: Context): string {
  return `--parent=${context.processes.self.pid}`;
}

async function end(started: Started): Promise<void> {
  started.kill('SIGTERM');
  await started.exited;
}

function absolute(context: Context, path: string): string {
  return path.startsWith('/') ? path : `${context.places.cwd}/${path}`;
}
