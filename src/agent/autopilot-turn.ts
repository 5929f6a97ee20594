import { decide, whyEnded } from '../model/autopilot/decide.ts';
import { type Holding, holdFor, type Waiting } from '../model/autopilot/decision.ts';
import { pilotIdentity } from '../model/autopilot/own-runs.ts';
import { watched } from '../model/autopilot/watched.ts';
import { same } from '../model/same.ts';
import type { Clock, Random } from '../ports.ts';
import type { Autopilot } from '../protocol/autopilot.ts';
import { cleanLine } from '../protocol/clean.ts';
import type { Identity } from '../protocol/identity.ts';
import type { Judgement } from '../protocol/judgement.ts';
import type { Ledger } from './contracts.ts';
import type { Judgements } from './judgements.ts';
import { recordOf } from './record-of.ts';
import type { Runs } from './runs.ts';

export type TurnWorld = {
  clock: Clock;
  random: Random;
  ledger: Ledger;
  judgements: Judgements;
  runs: Pick<Runs, 'add'>;
  /** Records what became of the autopilot and hands the wheel on; `by` is null for its own doing. */
  change: (after: Autopilot | null, by: Identity | null) => void;
};

/** One look of the autopilot: decides, and does that. A step resolves when its run is in the lane, not at its end. */
export async function takeTurn(world: TurnWorld): Promise<void> {
  const { ledger, clock } = world;
  const cluster = ledger.state();
  const { autopilot } = cluster;
  if (autopilot === null) return;
  if (whyEnded(cluster) !== null) return world.change(null, null);
  if (autopilot.state === 'paused') return;
  const decision = decide(cluster, clock.now());
  if (decision.do === 'step') await step(world, autopilot, decision.phase);
  else if (decision.do === 'end') world.change(null, null);
  else settle(world, decision);
}

/** Only what changed is an event. */
function settle({ ledger, clock, change }: TurnWorld, decision: Waiting | Holding): void {
  const cluster = ledger.state();
  const before = cluster.autopilot;
  if (before === null) return;
  const after = settled(watched(cluster, before, clock.now()), decision, clock.now());
  if (!same(after, before)) change(after, null);
}

function settled(pilot: Autopilot, decision: Waiting | Holding, now: number): Autopilot {
  const sentence = cleanLine(decision.sentence).slice(0, 500);
  const { phase } = decision;
  if (decision.do === 'wait')
    return { ...pilot, phase, sentence: pilot.state === 'pausing' ? pilot.sentence : sentence };
  const { hold, breakpoint } = decision;
  const since = new Date(now).toISOString();
  return { ...pilot, state: 'paused', since, hold, breakpoint, phase, sentence, wrong: [] };
}

/** The same judgement and the same run as by a key. What happened while it was judged decides anew. */
async function step(world: TurnWorld, asked: Autopilot, phase: string): Promise<void> {
  const judgement = await world.judgements.judge({ action: 'operation.step', args: { phase } });
  if (!isStillMeant(world, asked, phase)) return;
  if (!judgement.allowed) return settle(world, holdFor('refused', refusal(judgement), phase));
  await begin(world, judgement, phase).catch((error) =>
    settle(world, holdFor('refused', `the step could not be started: ${String(error)}`, phase)),
  );
}

function isStillMeant({ ledger, clock }: TurnWorld, asked: Autopilot, phase: string): boolean {
  const cluster = ledger.state();
  const { autopilot } = cluster;
  if (autopilot === null || autopilot.state !== asked.state || autopilot.since !== asked.since) return false;
  const decision = decide(cluster, clock.now());
  return decision.do === 'step' && decision.phase === phase;
}

/** The autopilot says which run before the run is there: whoever pauses it meanwhile knows that one is to come. */
async function begin(world: TurnWorld, judgement: Judgement, phase: string): Promise<void> {
  const { ledger, clock, random, runs, change } = world;
  const cluster = ledger.state();
  if (cluster.autopilot === null) return;
  const pilot = watched(cluster, cluster.autopilot, clock.now());
  const ordered = {
    judgement,
    by: pilotIdentity(pilot),
    requestId: `autopilot-${random.uuid()}`,
    reason: null,
  };
  const record = recordOf(world, ordered);
  change({ ...pilot, phase, run: record.run.id, sentence: `executes ${phase}` }, null);
  await runs.add(record);
}

function refusal({ reason, nextStep }: Judgement): string {
  const sentence = reason ?? 'the step is refused';
  return nextStep === null ? sentence : `${sentence}: ${nextStep}`;
}
