import { isPilot, pilotIdentity } from '../model/autopilot/own-runs.ts';
import type { Cancel, Log } from '../ports.ts';
import type { Autopilot } from '../protocol/autopilot.ts';
import type { Identity } from '../protocol/identity.ts';
import { type TurnWorld, takeTurn } from './autopilot-turn.ts';
import type { Wheel } from './wheel.ts';

export type AutopilotWorld = Omit<TurnWorld, 'change'> & { wheel: Wheel; log: Log };

export type AutopilotLoop = {
  /** Takes up what an earlier life left armed; to be called when its runs are adopted. */
  start(): Cancel;
  /** Records the autopilot as an operator left it, null for none: it acts on that at once. */
  change(after: Autopilot | null, by: Identity): void;
};

/** Beats tell what no event does: a newer reading of the same plan, a probe that goes on failing, the time. */
const lookMs = 1000;

/**
 * Does what `decide` says, one thing at a time, whenever something happened and once a second while it flies. It holds the
 * wheel while it is armed and gives it back when it holds or ends, so that an operator can repair.
 */
export function createAutopilot(world: AutopilotWorld): AutopilotLoop {
  const { clock, ledger, log } = world;
  const change = (after: Autopilot | null, by: Identity | null) => changeAutopilot(world, after, by);
  const turn = once(async () => {
    await takeTurn({ ...world, change }).catch((error) =>
      log.error('the autopilot failed at its turn', { error: String(error) }),
    );
  });
  let cancelTick: Cancel = () => {};
  const tick = () => {
    cancelTick = clock.after(lookMs, tick);
    if (flies(ledger.state().autopilot)) turn.wake();
  };
  return {
    start() {
      takeUp(world, change);
      let last = ledger.state().autopilot;
      const unsubscribe = ledger.subscribe(() => {
        const { autopilot } = ledger.state();
        // Another operation's plan took it away: nobody is left to give the wheel back.
        if (autopilot === null && last !== null) queueMicrotask(handBack(world, last));
        last = autopilot;
        if (autopilot !== null) turn.wake();
      });
      tick();
      return () => {
        turn.stop();
        unsubscribe();
        cancelTick();
      };
    },
    change(after, by) {
      change(after, by);
      turn.wake();
    },
  };
}

function flies(autopilot: Autopilot | null): autopilot is Autopilot {
  return autopilot !== null && autopilot.state !== 'paused';
}

/** Work that never runs twice at once; woken while it runs it runs once more. Never within the call that woke it. */
function once(work: () => Promise<void>): { wake(): void; stop(): void } {
  let state: 'idle' | 'busy' | 'again' | 'stopped' = 'idle';
  const run = async () => {
    await Promise.resolve();
    while (state === 'again') {
      state = 'busy';
      await work();
    }
    if (state === 'busy') state = 'idle';
  };
  return {
    wake() {
      if (state === 'stopped' || state === 'again') return;
      const idle = state === 'idle';
      state = 'again';
      if (idle) void run();
    },
    stop() {
      state = 'stopped';
    },
  };
}

function changeAutopilot(world: AutopilotWorld, after: Autopilot | null, by: Identity | null): void {
  const { clock, ledger } = world;
  const before = ledger.state().autopilot;
  ledger.record({
    kind: 'autopilot.changed',
    seen: new Date(clock.now()).toISOString(),
    autopilot: after,
    by,
  });
  if (!flies(after) && before !== null) handBack(world, before)();
}

function handBack({ ledger, wheel }: AutopilotWorld, pilot: Autopilot): () => void {
  return () => {
    if (isPilot(pilot, ledger.state().wheel.holder)) wheel.release(pilotIdentity(pilot));
  };
}

/** The wheel is of one life of the agent, the autopilot is not. An agent that may only read lets it hold. */
function takeUp(world: AutopilotWorld, change: (after: Autopilot, by: null) => void): void {
  const { ledger, wheel, clock } = world;
  const { autopilot, readOnly } = ledger.state();
  if (!flies(autopilot)) return;
  const since = new Date(clock.now()).toISOString();
  const sentence = 'this agent is read-only: start it without --read-only';
  if (readOnly) change({ ...autopilot, state: 'paused', hold: 'refused', since, sentence }, null);
  else wheel.take(pilotIdentity(autopilot), null);
}
