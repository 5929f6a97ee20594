import { nodeRows } from '../model/node-rows.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import { cursorOf } from './items.ts';
import type { Scene } from './scene.ts';
import type { Ui } from './ui.ts';
import type { WhyAbout } from './why-overlay.ts';

/** What `w` asks about: the phase or the node the cursor is on, what a run came to; elsewhere the operation as a whole. */
export function whyAbout(scene: Scene, ui: Ui): WhyAbout {
  const cursor = cursorOf(scene, ui);
  if (ui.screen === 'plan') return { phase: cursor, refusal: null };
  if (ui.screen === 'nodes') return { phase: null, refusal: null, node: nameOf(scene, cursor) };
  const run = ui.screen === 'runs' ? scene.cluster.runs.find(({ id }) => id === cursor) : undefined;
  return run === undefined ? { phase: null, refusal: null } : { phase: leafOf(run), refusal: endOf(run) };
}

/** The cursor knows a node by its address. */
function nameOf({ cluster }: Scene, cursor: string | null): string | null {
  return nodeRows(cluster).find(({ ip }) => ip === cursor)?.name ?? cursor;
}

/** The leaf a run is at or ended at. */
function leafOf({ steps, step, args }: Run): string | null {
  return steps[step]?.phase ?? (typeof args.phase === 'string' ? args.phase : null);
}

/** What a run that did not do what it was for said at its end. */
function endOf({ state, sentence }: Run): string | null {
  return isFinal(state) && state !== 'done' ? sentence : null;
}
