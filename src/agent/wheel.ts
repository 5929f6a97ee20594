import type { Cancel, Clock } from '../ports.ts';
import type { Identity } from '../protocol/identity.ts';
import type { Ledger } from './contracts.ts';

const lostMs = 60_000;
const lookMs = 10_000;

export type Wheel = {
  /** Whether `by` drives: told apart by the console's id; commands, which have none, by who claims to give them. */
  holds(by: Identity): boolean;
  take(by: Identity, reason: string | null): void;
  /** A sentence when somebody else's console drives. */
  release(by: Identity): string | null;
  /** Gives it back for a run it was taken for, when its console does not go on holding it. */
  endOfRun(by: Identity): void;
  /** A sign of life of a console. */
  renew(console: string | null): void;
  start(): Cancel;
};

/**
 * Who drives: one at a time, its console heard of within the last 60 s. `inUse` says that a run somebody without a
 * console took the wheel for still goes on, or that the autopilot flies, which counts as a sign of life.
 */
export function createWheel(
  { clock, ledger }: { clock: Clock; ledger: Ledger },
  inUse: () => boolean,
): Wheel {
  let heard = clock.monotonic();
  const now = () => new Date(clock.now()).toISOString();
  const holder = () => ledger.state().wheel.holder;
  const release = (by: Identity | null, lost: boolean) => {
    if (holder() !== null) ledger.record({ kind: 'wheel.released', seen: now(), by, lost });
  };
  const look = () => {
    if (holder() !== null && holder()?.console === null && inUse()) heard = clock.monotonic();
    if (holder() !== null && clock.monotonic() - heard >= lostMs) release(holder(), true);
    cancel = clock.after(lookMs, look);
  };
  let cancel: Cancel = () => {};
  const holds = (by: Identity) => {
    const driver = holder();
    if (driver === null || driver.console !== by.console) return false;
    return by.console !== null || isSamePerson(driver, by);
  };
  return {
    holds,
    take(by, reason) {
      heard = clock.monotonic();
      const wheel = { holder: by, since: now(), reason };
      ledger.record({ kind: 'wheel.taken', seen: now(), wheel, from: holder() });
    },
    release(by) {
      const driver = holder();
      if (driver !== null && driver.console !== null && driver.console !== by.console)
        return `${driver.user} drives: take the wheel to end that`;
      release(by, false);
      return null;
    },
    endOfRun(by) {
      if (by.console === null && holds(by)) release(by, false);
    },
    renew(console) {
      if (console !== null && holder()?.console === console) heard = clock.monotonic();
    },
    start() {
      cancel = clock.after(lookMs, look);
      return () => cancel();
    },
  };
}

function isSamePerson(one: Identity, other: Identity): boolean {
  return one.user === other.user && one.from === other.from && one.tty === other.tty;
}
