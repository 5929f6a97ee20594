import { isPilot } from '../model/autopilot/own-runs.ts';
import { heldRefusal } from './control.ts';
import { defineAction } from './define-action.ts';
import { agentStep } from './gravity-step.ts';
import { refuse } from './guard.ts';
import { noImpact } from './impact.ts';
import { NoArgsSchema } from './operands.ts';
import type { ActionRow } from './row.ts';

const common = {
  key: null,
  gravity: null,
  scope: 'cluster',
  risk: 'change',
  lane: 'read',
  args: NoArgsSchema,
  takes: {},
  expert: false,
  wheel: false,
  needs: [],
  effect: 'agent',
  success: 'exit',
  sample: { args: {} },
} as const;

const takeWheel = defineAction({
  ...common,
  id: 'wheel.take',
  confirmWords: 'nothing is asked; yes and a reason where somebody else drives',
  label: 'Take the wheel',
  help: 'Become the one who drives; a reason is asked when somebody else does, and all are told.',
  confirm: (cluster) => (cluster.wheel.holder === null ? 'none' : 'yes'),
  reason: (cluster) => cluster.wheel.holder !== null,
  steps: () => [agentStep('wheel', 'take')],
  blockedBy: () => null,
  impact: (cluster) => {
    const { holder, since } = cluster.wheel;
    if (holder === null) return noImpact({ undo: 'give it back: wheel.release' });
    const at = since === null ? 'an unknown time' : `${since.slice(11, 19)} UTC`;
    return noImpact({
      warnings: [`${heldRefusal({ holder, since }, at).sentence} and will be notified`],
      undo: 'give it back: wheel.release',
    });
  },
});

const releaseWheel = defineAction({
  ...common,
  id: 'wheel.release',
  confirmWords: 'nothing is asked',
  label: 'Release the wheel',
  help: 'Stop driving; watching goes on.',
  confirm: () => 'none',
  steps: () => [agentStep('wheel', 'release')],
  blockedBy: ({ wheel, autopilot }) => {
    if (wheel.holder === null) return refuse('nobody drives', 'there is nothing to release');
    if (autopilot === null || !isPilot(autopilot, wheel.holder)) return null;
    return refuse(`the ${wheel.holder.user}, drives`, 'pause or stop it: autopilot.pause, autopilot.stop');
  },
  impact: () => noImpact({ undo: 'take it again: wheel.take' }),
});

export const consoleActions: readonly ActionRow[] = [takeWheel, releaseWheel];
