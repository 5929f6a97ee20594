import type { Attention } from '../../model/attention.ts';
import { attentionRow } from '../attention-words.ts';
import { cursorOf } from '../items.ts';
import type { Scene } from '../scene.ts';
import type { ScreenId } from '../screen-table.ts';
import { nodesOf } from '../shown-nodes.ts';
import { type Ui, withListOf } from '../ui.ts';

/** The next thing that calls for an operator, on the screen it belongs to; from the last one on to the first. */
export function toNextFailure(ui: Ui, scene: Scene): Ui {
  const places = scene.attention.map((one) => placeOf(one, scene));
  if (places.length === 0)
    return {
      ...ui,
      notice: { text: 'No failed phase, no unexpected outage, no paused autopilot', tone: 'good' },
    };
  const here = cursorOf(scene, ui);
  const at = places.findIndex(({ screen, item }) => screen === ui.screen && item === here);
  const next = places[(at + 1) % places.length];
  if (next === undefined) return ui;
  const shown = withListOf(ui, next.screen, {
    ...(next.item === null ? {} : { selected: next.item, filter: '' }),
    detail: false,
    detailTop: 0,
  });
  const place = (at + 1) % places.length;
  return {
    ...shown,
    screen: next.screen,
    cameFrom: null,
    notice: { text: `${place + 1} of ${places.length} that need attention`, tone: 'plain' },
  };
}

/** Which item of which screen it is; null where the screen itself says it. */
function placeOf(
  one: Attention,
  scene: Pick<Scene, 'cluster' | 'outages' | 'now'>,
): { screen: ScreenId; item: string | null } {
  const { screen } = attentionRow(one);
  if (screen === 'nodes')
    return { screen, item: nodesOf(scene).find(({ name }) => name === one.subject)?.ip ?? null };
  const phase = one.code === 'autopilot.paused' ? scene.cluster.autopilot?.phase : one.subject;
  return { screen, item: phase ?? null };
}
