import { beginScenario, hostOfScenario } from '../simulator/begin-scenario.ts';
import { createCluster } from '../simulator/cluster/create-cluster.ts';
import { type Doors, openDoors } from '../simulator/doors/open-doors.ts';
import { durations } from '../simulator/durations.ts';
import type { PlanDocument } from '../simulator/plan-document.ts';
import { DEFAULT_SCENARIO, SCENARIOS } from '../simulator/scenarios.ts';
import { simulatedClock } from '../simulator/simulated-clock.ts';
import { createWorld } from '../simulator/world.ts';
import type { Context } from './context.ts';
import { plannedOperation } from './planned-operation.ts';
import { CommandError } from './row.ts';
import { absolute } from './simulated-plan.ts';
import { registerSimulator } from './simulator-registry.ts';
import { untilEnded } from './until-ended.ts';

type Flags = Record<string, unknown>;

/** `simulate up`: a simulated cluster until somebody ends it; one JSON line on standard output when it is ready. */
export async function simulateUp(context: Context, flags: Flags): Promise<number> {
  if (flags['dir'] === undefined)
    throw new CommandError(2, 'simulate up needs --dir DIR', 'name a directory for it');
  const dir = absolute(String(flags['dir']), context.places.cwd);
  const ended = untilEnded(context, flags['parent'] === undefined ? null : Number(flags['parent']));
  const existed = (await context.files.stat(dir)) !== null;
  // What an earlier one left here goes before our own doors are opened.
  const unregister = await registerSimulator(context, dir);
  try {
    const { doors, node } = await start(context, dir, flags);
    const { gravity, health, otherHealth, secrets } = doors;
    const healthOf = Object.entries(otherHealth)
      .map(([master, url]) => `${master}=${url}`)
      .join(' ');
    context.streams.out(
      `${JSON.stringify({ gravity, health, healthOf, secrets, pid: context.processes.self.pid, node, dir })}\n`,
    );
    await ended;
    await doors.close();
  } finally {
    await unregister();
    if (!existed) await context.files.removeEmpty(dir);
  }
  return 0;
}

async function start(context: Context, dir: string, flags: Flags): Promise<{ doors: Doors; node: string }> {
  const scenario = scenarioOf(flags);
  const clock = simulatedClock(context.clock, above(flags, 'speed', 0));
  const plan = await plannedOperation(context, flags);
  const world = createWorld({ plan, clock, duration: durations(Number(flags['seed'] ?? 1)) });
  const cluster = createCluster(world, hostOf(plan, flags) ?? hostOfScenario(scenario, world) ?? undefined);
  const { server, files, certificates, processes } = context;
  const options = { dir, nodePath: processes.self.execPath, clock };
  try {
    const doors = await openDoors(cluster, options, { server, files, certificates, clock: context.clock });
    await beginScenario(scenario, doors.verbs);
    return { doors, node: cluster.host };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      1,
      `the simulated cluster cannot open its doors in ${dir}: ${why}`,
      'try another --dir',
    );
  }
}

/** A plan of one's own stands still until somebody steps: nobody rehearses to watch another shell run it. */
function scenarioOf(flags: Flags): (typeof SCENARIOS)[string] {
  const name = String(flags['scenario'] ?? (flags['plan'] === undefined ? DEFAULT_SCENARIO : 'quiet'));
  const scenario = SCENARIOS[name];
  if (scenario !== undefined) return scenario;
  throw new CommandError(
    2,
    `there is no scenario "${name}"`,
    `choose one of ${Object.keys(SCENARIOS).join(', ')}`,
  );
}

function hostOf(plan: PlanDocument, flags: Flags): string | undefined {
  if (flags['node'] === undefined) return undefined;
  const name = String(flags['node']);
  const found = plan.servers.find((server) => server.hostname === name || server.advertise_ip === name);
  if (found !== undefined) return found.hostname;
  const known = plan.servers.slice(0, 8).map(({ hostname }) => hostname);
  throw new CommandError(2, `there is no node "${name}" in the plan`, `it has ${known.join(', ')}`);
}

function above(flags: Flags, name: string, least: number): number {
  const value = Number(flags[name] ?? 1);
  if (value > least) return value;
  throw new CommandError(2, `--${name} ${String(flags[name])} does not fit`, `give a number above ${least}`);
}
