import { drivingBinary } from '../model/driving-binary.ts';
import { shownSources } from '../model/shown-sources.ts';
import { cleanLine } from '../protocol/clean.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { SourceState } from '../protocol/source.ts';
import type { Context } from './context.ts';
import { type Check, check } from './doctor-check.ts';
import { kindWord } from './kind-word.ts';
import { type Reached, reachAgent } from './reach-agent.ts';
import { CommandError } from './row.ts';

/** What the running agent says: only it runs gravity and asks the health endpoint. */
export async function agentChecks(
  context: Context,
  flags: Record<string, unknown>,
): Promise<{ answers: boolean; checks: Check[] }> {
  try {
    return { answers: true, checks: reachedChecks(await reachAgent(context, flags)) };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { answers: false, checks: unreachedChecks(error, flags['agent'] !== undefined) };
  }
}

/** An agent that was named and does not answer is a fault; that none runs here is none. */
function unreachedChecks(error: CommandError, named: boolean): Check[] {
  const unasked = 'only an agent asks it, and none answers';
  const next = named ? error.nextStep : 'start one as root: gravity-console agent';
  return [
    check('agent', named ? 'does-not' : 'absent', cleanLine(error.message), next),
    check('version', 'unknown', unasked),
    check('endpoint', 'unknown', unasked),
    check('clock', 'unknown', 'there is no other clock to compare with'),
  ];
}

function reachedChecks({ snapshot, socket }: Reached): Check[] {
  const cluster = snapshot.state;
  return [
    check('agent', 'works', `${kindWord(cluster)} answers on ${socket}`),
    placeCheck(cluster),
    ...binaryChecks(cluster),
    ...shownSources(cluster).map(sourceCheck),
    clockCheck(cluster),
  ];
}

function placeCheck({ place }: Cluster): Check {
  if (place.node !== null) return check('node', 'works', `this is ${place.node}, told by ${place.by}`);
  return check(
    'node',
    'unknown',
    'node unknown: no address of a server is on an interface here',
    'give the agent --node NAME',
  );
}

function binaryChecks(cluster: Cluster): Check[] {
  const { binary } = drivingBinary(cluster);
  const rows = cluster.binaries.map(({ path, version, problem, drives }) => {
    const text = `${path} is version ${version ?? 'unknown'}${drives || path === binary?.path ? ', and drives' : ''}`;
    return problem === null
      ? check('version', 'works', text)
      : check('version', 'does-not', `${path}: ${problem.sentence}`, problem.nextStep);
  });
  return rows.length > 0
    ? rows
    : [check('version', 'does-not', 'the agent has found no gravity', 'start it with --gravity PATH')];
}

function sourceCheck({ source, state, lastGood, problem }: SourceState): Check {
  const name = source === 'health' ? 'endpoint' : `source ${source}`;
  const told = problem === null ? '' : `: ${problem.sentence}`;
  if (state === 'failing')
    return check(
      name,
      'does-not',
      `failing, last good ${lastGood ?? 'never'}${told}`,
      problem?.nextStep ?? null,
    );
  if (state === 'never') return check(name, 'unknown', `not answered yet${told}`, problem?.nextStep ?? null);
  return check(name, 'works', `${state}, last good ${lastGood ?? 'never'}${told}`);
}

const mostOffset = 2000;

/** Gravity lets the newest timestamp win, so clocks apart by more than 2 s mix up its record (design 4). */
function clockCheck({ healthClock }: Cluster): Check {
  if (healthClock === null) return check('clock', 'unknown', 'the health endpoint has not told its time');
  const offset = Math.abs(healthClock);
  const text = `${Math.round(offset / 1000)} s between the agent’s clock and the health endpoint’s`;
  return offset <= mostOffset
    ? check('clock', 'works', text)
    : check('clock', 'does-not', text, 'set the clocks: chronyc tracking, timedatectl');
}
