import { baselineDue } from '../model/baseline.ts';
import { same } from '../model/same.ts';
import type { Clock, Interfaces } from '../ports.ts';
import type { Binary } from '../protocol/binary.ts';
import type { Event } from '../protocol/event.ts';
import type { SourceName } from '../protocol/source.ts';
import type { Attempt } from './attempt.ts';
import { withRoles } from './binaries.ts';
import type { Ledger } from './contracts.ts';
import { findPlace } from './place.ts';
import { saysOtherwise, settle } from './settle.ts';

/** Turns what was read into events of the ledger; what says nothing new is no event. */
export type Observer = {
  /** Gives back the events that tell what was new. */
  took(source: SourceName, attempt: Attempt): Event[];
  found(binaries: readonly Binary[]): void;
  /** Where the agent stands and which binary drives follow from what was read. */
  conclude(): void;
};

export type ObserverParts = { clock: Clock; ledger: Ledger; interfaces: Interfaces; node: string | null };

export function createObserver({ clock, ledger, interfaces, node }: ObserverParts): Observer {
  const now = () => new Date(clock.now()).toISOString();
  const found = (candidates: readonly Binary[]) => {
    const binaries = withRoles(candidates, ledger.state().plan?.operation.gravityVersion ?? null);
    if (!same(binaries, ledger.state().binaries))
      ledger.record({ kind: 'binaries.found', seen: now(), binaries });
  };
  return {
    found,
    took(name, { outcome }) {
      const seen = now();
      const news = outcome.ok ? outcome.news(ledger.state(), seen) : [];
      const before = ledger.state().sources[name];
      const source = settle(before, outcome, seen);
      if (saysOtherwise(before, source)) ledger.record({ kind: 'source.changed', seen, source });
      else if (source.lastGood !== null && source.lastGood !== before.lastGood)
        ledger.refresh(name, source.lastGood);
      ledger.record(...news);
      const baseline = baselineDue(ledger.state(), seen);
      if (baseline !== null) ledger.record({ kind: 'baseline.taken', seen, baseline });
      return news;
    },
    conclude() {
      const place = findPlace(ledger.state(), { option: node, addresses: interfaces.addresses() });
      if (!same(place, ledger.state().place)) ledger.record({ kind: 'place.found', seen: now(), place });
      found(ledger.state().binaries);
    },
  };
}
