import { type Breakpoint, breakpointKinds } from '../../protocol/breakpoint.ts';

/** What a breakpoint is about; the rest of it tells who set it and when. */
export type BreakpointPlace = Pick<Breakpoint, 'on' | 'phase' | 'seconds' | 'at'>;

/** The id that says what it is: `phase:/etcd`, `after-each-master`, `before-etcd`, `probe:60`, `time:2026-11-22T12:00:00Z`. */
export function breakpointId({ on, phase, seconds, at }: BreakpointPlace): string {
  const about = { phase, probe: seconds, time: at, 'after-each-master': null, 'before-etcd': null }[on];
  return about === null ? on : `${on}:${about}`;
}

/** What an id says; null for one that says nothing. */
export function readBreakpointId(id: string): BreakpointPlace | null {
  const colon = id.indexOf(':');
  const [kind, about] = colon < 0 ? [id, null] : [id.slice(0, colon), id.slice(colon + 1)];
  const on = breakpointKinds.find((each) => each === kind);
  if (on === undefined) return null;
  const seconds = on === 'probe' ? Number(about) : null;
  return { on, phase: on === 'phase' ? about : null, seconds, at: on === 'time' ? about : null };
}
