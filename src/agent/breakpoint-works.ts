import { readBreakpointId } from '../model/autopilot/breakpoint-id.ts';
import type { Clock } from '../ports.ts';
import type { Identity } from '../protocol/identity.ts';
import type { Ledger } from './contracts.ts';

type Hands = { clock: Clock; ledger: Ledger };

export const breakpointWorks = {
  set({ clock, ledger }: Hands, by: Identity, id: string): string | null {
    const place = readBreakpointId(id);
    if (place === null) return `the agent knows no breakpoint ${id}`;
    const seen = new Date(clock.now()).toISOString();
    const operation = ledger.state().plan?.operation.id ?? null;
    ledger.record({ kind: 'breakpoint.set', seen, breakpoint: { id, operation, ...place, by, set: seen } });
    return null;
  },
  clear({ clock, ledger }: Hands, by: Identity, id: string): string | null {
    if (!ledger.state().breakpoints.some((each) => each.id === id))
      return `there is no breakpoint ${id} any more`;
    ledger.record({
      kind: 'breakpoint.cleared',
      seen: new Date(clock.now()).toISOString(),
      breakpoint: id,
      by,
    });
    return null;
  },
};
