import { passedWhenArmed, passedWhenLetOn } from '../model/autopilot/passed.ts';
import { acceptable } from '../model/autopilot/watched.ts';
import type { Cluster } from '../protocol/cluster.ts';
import { isHolding, isNotHolding, mayFly, noneIsArmed, oneIsArmed } from './autopilot-guards.ts';
import { flightImpact, runUnderWay } from './autopilot-impact.ts';
import { defineAction } from './define-action.ts';
import { agentStep } from './gravity-step.ts';
import { inOrder } from './guard.ts';
import { noImpact } from './impact.ts';
import { NoArgsSchema } from './operands.ts';
import type { ActionRow, ConfirmRule, PlannedStep } from './row.ts';

const common = {
  key: null,
  gravity: null,
  scope: 'operation',
  risk: 'change',
  lane: 'read',
  args: NoArgsSchema,
  takes: {},
  expert: false,
  effect: 'agent',
  success: 'exit',
  sample: { args: {} },
} as const;

/** What makes it go: confirmed, with the wheel, on the facts of a step. */
const going = {
  ...common,
  confirmWords: 'yes',
  confirm: (): ConfirmRule => 'yes',
  wheel: true,
  needs: ['agents'],
} as const;

/** What makes it stop is never refused for want of the wheel, and asks nothing. */
const stopping = {
  ...common,
  confirmWords: 'nothing is asked',
  confirm: (): ConfirmRule => 'none',
  wheel: false,
  needs: [],
} as const;

const arm = defineAction({
  ...going,
  id: 'autopilot.arm',
  label: 'Arm the autopilot',
  help: 'Let the agent step leaf by leaf by itself, up to the next breakpoint, failure or unexpected outage.',
  steps: (_args, cluster, { now }) => [withAccepted('arm', cluster, now)],
  blockedBy: inOrder(noneIsArmed, mayFly),
  impact: (cluster, _args, facts) => flightImpact(cluster, facts, passedWhenArmed(cluster, facts.now)),
});

const goOn = defineAction({
  ...going,
  id: 'autopilot.go-on',
  label: 'Let the autopilot go on',
  help: 'Continue past the breakpoint it is paused at; a failed phase is run again, and what is wrong now is accepted.',
  steps: (_args, cluster, { now }) => [withAccepted('go-on', cluster, now)],
  blockedBy: inOrder(oneIsArmed, isHolding, mayFly),
  impact: (cluster, _args, facts) => {
    const { autopilot } = cluster;
    return flightImpact(cluster, facts, autopilot ? passedWhenLetOn(cluster, autopilot, facts.now) : []);
  },
});

const pause = defineAction({
  ...stopping,
  id: 'autopilot.pause',
  label: 'Pause the autopilot',
  help: 'Let it hold after the leaf under way; it stays armed and gives the wheel back.',
  steps: () => [agentStep('autopilot', 'pause')],
  blockedBy: inOrder(oneIsArmed, isNotHolding),
  impact: (cluster) => noImpact({ warnings: runUnderWay(cluster), undo: 'let it go on: autopilot.go-on' }),
});

const stop = defineAction({
  ...stopping,
  id: 'autopilot.stop',
  key: 'S',
  label: 'Stop the autopilot',
  help: 'Disarm it at once, whoever armed it; a leaf under way goes on to its end. No wheel is needed.',
  steps: () => [agentStep('autopilot', 'stop')],
  blockedBy: oneIsArmed,
  impact: (cluster) => noImpact({ warnings: runUnderWay(cluster), undo: 'arm it again: autopilot.arm' }),
});

export const autopilotActions: readonly ActionRow[] = [arm, pause, goOn, stop];

/** What is wrong now stands in the step, which the digest is over: something more, and it must be confirmed anew. */
function withAccepted(word: 'arm' | 'go-on', cluster: Cluster, now: number): PlannedStep {
  return agentStep('autopilot', word, ...acceptable(cluster, now));
}
