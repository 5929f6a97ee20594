import { describe, expect, test } from 'vitest';
import { frameRows } from '../../screens/frame.ts';
import { width } from '../../src/console/cells.ts';
import type { Form } from '../../src/console/form.ts';
import { clusterOf, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const cluster = clusterOf(recordedPlan('failed-3m2w'), { kind: 'rehearsal', label: 'drain-fails' });

function shown(part: Partial<Form> = {}, size = { columns: 80, rows: 24 }): string[] {
  const form: Form = {
    kind: 'form',
    action: 'phase.set',
    values: { phase: '/masters/master-2/drain', state: 'completed' },
    focus: 1,
    problem: null,
    ...part,
  };
  return textOf(frameRows(sceneOf(cluster, { size }), uiOn('plan', { overlay: form })));
}

describe('a form', () => {
  for (const size of [
    { columns: 80, rows: 24 },
    { columns: 120, rows: 36 },
    { columns: 40, rows: 10 },
  ])
    test(`fits a terminal of ${size.columns}x${size.rows}, the field with the focus in sight`, () => {
      for (const focus of [0, 1, 2]) {
        const rows = shown({ focus, problem: 'that will not do' }, size);
        expect(rows).toHaveLength(size.rows);
        for (const row of rows) expect(width(row)).toBeLessThanOrEqual(size.columns);
        expect(rows.join('\n')).toContain(['phase', 'state', 'Continue'][focus]);
      }
    });

  test('says which cluster it is, what the action is for, and every value there is, the chosen one in brackets', () => {
    const text = shown().join('\n');
    expect(text).toMatch(/REHEARSAL +Set state/);
    expect(text).toMatch(/phase +\[\/masters\/master-2\/drain/);
    expect(text).toMatch(/state +unstarted {3}in_progress {2}\[completed\] {2}failed/);
    expect(text).toContain('state: the state to record; use left/right to choose');
  });

  test('says why what was given will not do', () => {
    expect(shown({ problem: 'the argument "phase" is missing' }).join('\n')).toContain('"phase" is missing');
  });

  test('has its own keys at the bottom', () => {
    expect(shown().at(-1)).toMatch(/Enter continue.*Esc cancel/);
  });
});
