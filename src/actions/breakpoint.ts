import { breakpointId } from '../model/autopilot/breakpoint-id.ts';
import { timeMeant } from '../model/autopilot/time-of-day.ts';
import { indexPlan, leavesOf } from '../model/phase-tree.ts';
import type { BreakpointKind } from '../protocol/breakpoint.ts';
import { defineAction } from './define-action.ts';
import { agentStep } from './gravity-step.ts';
import { type Guard, inOrder, refuse } from './guard.ts';
import { noImpact } from './impact.ts';
import { BreakpointArgsSchema, BreakpointIdArgsSchema } from './operands.ts';
import { operationIsOpen, planIsThere } from './operation-guards.ts';
import type { ActionRow, ConfirmRule } from './row.ts';

type SetArgs = {
  on: BreakpointKind;
  phase?: string | undefined;
  seconds?: number | undefined;
  at?: string | undefined;
};

const common = {
  gravity: null,
  risk: 'change',
  lane: 'read',
  confirmWords: 'nothing is asked',
  confirm: (): ConfirmRule => 'none',
  expert: false,
  wheel: false,
  needs: [],
  effect: 'agent',
  success: 'exit',
} as const;

const set = defineAction<SetArgs>({
  ...common,
  id: 'breakpoint.set',
  key: 'b',
  label: 'Set a breakpoint',
  help: 'Where an autopilot stops: before a phase, after each master, before etcd, at a probe wrong for long, at a time.',
  scope: 'phase',
  args: BreakpointArgsSchema,
  takes: { phase: 'phase' },
  steps: (args, _cluster, { now }) => [agentStep('breakpoint', 'set', idOf(args, now))],
  blockedBy: inOrder<SetArgs>(planIsThere, operationIsOpen, saysWhere, isAhead),
  impact: (cluster, args, { now }) =>
    noImpact({
      warnings: cluster.autopilot === null ? ['no autopilot is armed: it counts from when one is'] : [],
      undo: `clear it: breakpoint.clear --breakpoint ${idOf(args, now)}`,
    }),
  sample: { args: { on: 'phase', phase: '/etcd' } },
});

const clear = defineAction<{ breakpoint: string }>({
  ...common,
  id: 'breakpoint.clear',
  key: null,
  label: 'Clear a breakpoint',
  help: 'Take a breakpoint away; an autopilot that holds at it goes on holding.',
  scope: 'operation',
  args: BreakpointIdArgsSchema,
  takes: {},
  steps: ({ breakpoint }) => [agentStep('breakpoint', 'clear', breakpoint)],
  blockedBy: ({ breakpoints }, { breakpoint }) => {
    if (breakpoints.some(({ id }) => id === breakpoint)) return null;
    const [first] = breakpoints;
    return refuse(
      `there is no breakpoint ${breakpoint}`,
      first === undefined ? 'none is set' : `give its id, as ${first.id}`,
    );
  },
  impact: () => noImpact({ undo: 'set it again: breakpoint.set' }),
  sample: { args: { breakpoint: 'phase:/etcd' } },
});

export const breakpointActions: readonly ActionRow[] = [set, clear];

function idOf({ on, phase, seconds, at }: SetArgs, now: number): string {
  const meant = at === undefined ? null : timeMeant(at, now);
  return breakpointId({
    on,
    phase: phase ?? null,
    seconds: seconds ?? null,
    at: meant === null ? (at ?? null) : new Date(meant).toISOString(),
  });
}

/** The kind of breakpoint tells which argument it needs. */
function saysWhere(...[, { on, phase, seconds, at }, { now }]: Parameters<Guard<SetArgs>>) {
  if (on === 'phase' && phase === undefined)
    return refuse('a breakpoint on a phase needs the phase', 'give --phase');
  if (on === 'probe' && seconds === undefined)
    return refuse('a breakpoint on a probe needs how long it may fail', 'give --seconds, 10 or more');
  if (on !== 'time') return null;
  if (at === undefined) return refuse('a breakpoint on a time needs the time', 'give --at, as 14:30 (UTC)');
  const meant = timeMeant(at, now);
  if (meant === null) return refuse(`${at} is no time`, 'give it as 14:30 (UTC), or 2026-11-22T14:30:00Z');
  return meant > now ? null : refuse(`${at} is past`, 'give a time to come');
}

/** One that can never be met would be a false promise: an autopilot stops before a phase begins. */
function isAhead(...[{ plan }, { on, phase: id }]: Parameters<Guard<SetArgs>>) {
  if (on !== 'phase' || plan === null || id === undefined) return null;
  const index = indexPlan(plan);
  const phase = index.byId.get(id);
  if (phase === undefined)
    return refuse(
      `phase "${id}" not found`,
      'give the id exactly as the plan shows it, from the first slash on',
    );
  if (phase.state === 'completed')
    return refuse(
      `phase "${id}" is completed: an autopilot does not come by it`,
      'set it on a phase to come',
    );
  const begun = leavesOf(index, id).find(({ state }) => state === 'completed' || state === 'in_progress');
  if (begun === undefined) return null;
  return refuse(
    `phase "${id}" has begun: an autopilot stops before one begins`,
    phase.leaf ? 'set it on a phase to come' : 'set it on a phase in it that is to come',
  );
}
