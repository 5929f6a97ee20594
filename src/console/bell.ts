import { type Attention, stillKnown } from '../model/attention.ts';
import type { Cancel } from '../ports.ts';
import type { ConsoleStore } from './console-state.ts';

/**
 * Rings once for each new call for an operator, and never again for the same one: what there is when the agent is first
 * heard rings for nobody, and what was known before the agent, its machine or the connection was away is not new after.
 */
export function ringForAttention(store: ConsoleStore, ring: () => void): Cancel {
  let last: readonly Attention[] | null = null;
  let known: readonly Attention[] = [];
  return store.subscribe(({ live, scene }) => {
    if (!live || scene.attention === last) return;
    const isFirst = last === null;
    last = scene.attention;
    const before = known;
    const unread = stillKnown(scene, before).filter((one) => !isAmong(scene.attention, one));
    known = [...scene.attention, ...unread];
    if (!isFirst && scene.attention.some((one) => !isAmong(before, one))) ring();
  });
}

function isAmong(known: readonly Attention[], { code, subject }: Attention): boolean {
  return known.some((one) => one.code === code && one.subject === subject);
}
