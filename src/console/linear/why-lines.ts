import { plainText } from '../plain-text.ts';
import type { Scene } from '../scene.ts';
import type { Ui } from '../ui.ts';
import { whyText } from '../view/why.ts';

/** What there is to say of a question to the agent since `before`: that it is asked, and then the answer whole. */
export function whyLines(before: Ui, { ui, scene }: { ui: Ui; scene: Scene }): string[] {
  const { overlay } = ui;
  if (overlay?.kind !== 'why' || overlay === before.overlay) return [];
  return plainText(whyText(scene, overlay, { width: Number.POSITIVE_INFINITY }))
    .split('\n')
    .filter((line) => line !== '');
}
