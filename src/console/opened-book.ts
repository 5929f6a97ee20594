import { type PhaseBook, phaseBook } from '../model/runbook/phase-book.ts';
import { duration } from './format/duration.ts';
import type { Scene } from './scene.ts';

/** The runbook at a phase of the plan that is shown; null once the plan has no such phase any more. */
export function openedBook(scene: Scene, id: string): PhaseBook | null {
  const phase = scene.tree.byId.get(id)?.phase;
  if (phase === undefined) return null;
  const { runbook, cluster, timing } = scene;
  return phaseBook({ runbook, cluster, about: phase, time: timing.leaf(id), duration });
}
