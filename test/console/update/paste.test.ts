import { describe, expect, test } from 'vitest';
import { actionById } from '../../../src/actions/table.ts';
import type { Ui } from '../../../src/console/ui.ts';
import { openAction } from '../../../src/console/update/open-action.ts';
import { updatePaste } from '../../../src/console/update/paste.ts';
import { update } from '../../../src/console/update/update.ts';
import { clusterOf, recordedPlan, sceneOf, uiOn } from '../a-scene.ts';

const drain = '/masters/master-2/drain';
const scene = sceneOf(clusterOf(recordedPlan('failed-3m2w')));
const paste = (ui: Ui, text: string) => updatePaste(ui, scene, text);

function formOf(action: string, args: Record<string, unknown>): Ui {
  const row = actionById(action);
  if (row === undefined) throw new Error(`the table has no ${action}`);
  return openAction(uiOn('plan'), scene, { row, args }).ui;
}

describe('pasted text', () => {
  const note = formOf('phase.note', { phase: drain });

  test('goes into the field that is typed into, after what stands there, on one line', () => {
    const ui = paste(paste(note, 'asked '), 'the shop team:\r\nticket 4711\n');
    expect(ui.overlay).toMatchObject({ kind: 'form', values: { text: 'asked the shop team: ticket 4711' } });
  });

  test('is cleaned of what a terminal would obey', () => {
    const ui = paste(note, 'a\u001b[2Jb\u0007\u202ec');
    expect(ui.overlay).toMatchObject({ values: { text: 'abc' } });
  });

  test('leaves a field of choices as it is', () => {
    const choices = formOf('phase.set', { phase: drain });
    expect(paste(choices, 'jjj ')).toBe(choices);
  });

  test('is a filter, and a query of the palette', () => {
    expect(paste(update(uiOn('plan'), scene, '/').ui, drain)).toMatchObject({
      overlay: { kind: 'search', text: drain },
      lists: { plan: { filter: drain } },
    });
    expect(paste(update(uiOn('plan'), scene, ':').ui, 'resume').overlay).toMatchObject({ query: 'resume' });
  });

  test('is nothing on a screen, in the menu, in a card and in an answer', () => {
    for (const key of ['', 'a', 'x', 'w', '?']) {
      const ui = key === '' ? uiOn('plan') : update(uiOn('plan'), scene, key).ui;
      expect(paste(ui, 'q\r')).toBe(ui);
    }
  });
});
