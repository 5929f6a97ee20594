import type { Cluster } from '../cluster/cluster.ts';
import type { SimulatedClock } from '../simulated-clock.ts';
import { healthVerbs } from './health-verbs.ts';
import { nodeVerbs } from './node-verbs.ts';
import { phaseVerbs } from './phase-verbs.ts';
import { shellVerbs } from './shell-verbs.ts';
import { situationVerbs } from './situation-verbs.ts';
import { worldVerbs } from './world-verbs.ts';

/** What a verb came to: a sentence of what is so now, or why not and what to do instead. */
export type VerbAnswer = { done: string } | { refused: string };

export type VerbContext = {
  cluster: Cluster;
  clock: SimulatedClock;
  /** Issues new certificates and takes only those from then on. */
  rotateCertificates(): Promise<void>;
};

/** A way to change a simulated cluster while it runs (design.md section 7). */
export type SimulatorVerb = {
  operands: string;
  describe: string;
  run(context: VerbContext, operands: readonly string[]): VerbAnswer | Promise<VerbAnswer>;
};

export const VERBS: Readonly<Record<string, SimulatorVerb>> = {
  ...phaseVerbs,
  ...nodeVerbs,
  ...healthVerbs,
  ...worldVerbs,
  ...shellVerbs,
  ...situationVerbs,
};
