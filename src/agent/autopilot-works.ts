import { isPilot, ownRuns, pilotIdentity } from '../model/autopilot/own-runs.ts';
import { passedWhenArmed, passedWhenLetOn } from '../model/autopilot/passed.ts';
import type { Clock } from '../ports.ts';
import type { Autopilot } from '../protocol/autopilot.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Identity } from '../protocol/identity.ts';
import { isFinal } from '../protocol/run.ts';
import type { AutopilotLoop } from './autopilot.ts';
import type { Ledger } from './contracts.ts';
import type { Wheel } from './wheel.ts';

export type AutopilotHands = {
  clock: Clock;
  ledger: Ledger;
  wheel: Pick<Wheel, 'holds' | 'take'>;
  autopilot: Pick<AutopilotLoop, 'change'>;
};

/** Each answers a sentence when it could not: what was judged may have moved since. */
export const autopilotWorks = {
  arm(hands: AutopilotHands, by: Identity, accepted: string[]): string | null {
    const cluster = hands.ledger.state();
    if (cluster.autopilot !== null) return `the autopilot is armed already, by ${cluster.autopilot.by.user}`;
    const pilot = { ...fresh(cluster, by), ...going(hands, accepted) };
    const passed = passedWhenArmed(cluster, hands.clock.now());
    return go(hands, { ...pilot, sentence: `armed by ${by.user}`, passed }, by);
  },

  goOn(hands: AutopilotHands, by: Identity, accepted: string[]): string | null {
    const cluster = hands.ledger.state();
    const { autopilot } = cluster;
    if (autopilot === null) return 'there is no autopilot any more';
    if (autopilot.state !== 'paused') return 'it goes on already';
    const passed = passedWhenLetOn(cluster, autopilot, hands.clock.now());
    const sentence = `let go on by ${by.user}`;
    return go(hands, { ...autopilot, ...going(hands, accepted), passed, sentence }, by);
  },

  pause(hands: AutopilotHands, by: Identity): string | null {
    const cluster = hands.ledger.state();
    const { autopilot } = cluster;
    if (autopilot === null) return 'there is no autopilot any more';
    if (autopilot.state !== 'armed') return null;
    const leaf = leafUnderWay(cluster, autopilot);
    const sentence = `paused by ${by.user}${leaf === null ? '' : ` after ${leaf}`}`;
    // Pausing it keeps its time: the step under way is still its own.
    const after: Autopilot =
      leaf === null
        ? { ...autopilot, state: 'paused', hold: 'operator', since: stamp(hands.clock), sentence, wrong: [] }
        : { ...autopilot, state: 'pausing', sentence };
    hands.autopilot.change(after, by);
    return null;
  },

  stop(hands: AutopilotHands, by: Identity): string | null {
    if (hands.ledger.state().autopilot === null) return 'there is no autopilot any more';
    hands.autopilot.change(null, by);
    return null;
  },
};

/** Who else drives keeps it from going: only the hands at the wheel pass it on. */
function go({ ledger, wheel, autopilot }: AutopilotHands, pilot: Autopilot, by: Identity): string | null {
  const { holder } = ledger.state().wheel;
  if (holder !== null && !wheel.holds(by) && !isPilot(pilot, holder)) return `${holder.user} drives`;
  wheel.take(pilotIdentity(pilot), null);
  autopilot.change(pilot, by);
  return null;
}

function going(
  { clock }: AutopilotHands,
  accepted: string[],
): Omit<Autopilot, 'operation' | 'by' | 'passed' | 'sentence'> {
  return {
    state: 'armed',
    since: stamp(clock),
    hold: null,
    breakpoint: null,
    phase: null,
    run: null,
    accepted,
    wrong: [],
  };
}

function fresh({ plan }: Cluster, by: Identity): Pick<Autopilot, 'operation' | 'by'> {
  return { operation: plan?.operation.id ?? null, by };
}

/** The leaf of its step that is under way, or about to be. */
function leafUnderWay(cluster: Cluster, autopilot: Autopilot): string | null {
  const [run] = ownRuns(cluster, autopilot);
  if (run !== undefined && !isFinal(run.state)) return autopilot.phase ?? 'the leaf under way';
  const isToCome = autopilot.run !== null && !cluster.runs.some(({ id }) => id === autopilot.run);
  return isToCome ? autopilot.phase : null;
}

function stamp(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
