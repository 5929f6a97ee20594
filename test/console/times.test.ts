import { describe, expect, test } from 'vitest';
import { screenText } from '../../screens/screen-text.ts';
import { dateTimeWithZone } from '../../src/console/format/instant.ts';
import { planDetailRows } from '../../src/console/view/plan-detail.ts';
import { clusterOf, now, recordedPlan, sceneOf, textOf, uiOn } from './a-scene.ts';

const cluster = clusterOf(recordedPlan('failed-3m2w'));

describe('a year that gravity did not print is said to be assumed', () => {
  const { plan } = cluster.sources;
  for (const [what, remarks, said] of [
    ['of a plan read as text', ['year-assumed'], true],
    ['of a plan read as JSON', [], false],
  ] as const) {
    const scene = sceneOf({
      ...cluster,
      sources: {
        ...cluster.sources,
        plan: { ...plan, remarks: [...remarks], state: said ? 'doubtful' : 'good' },
      },
    });
    test(`${what}: ${said ? 'above the tree' : 'nowhere'}`, () => {
      expect(screenText(scene, uiOn('plan')).includes('year assumed')).toBe(said);
    });
    test(`${what}: ${said ? 'beside the time of a phase' : 'not beside a time'}`, () => {
      const node = scene.tree.byId.get('/masters/master-2/drain');
      if (node === undefined) throw new Error('the plan has that phase');
      const rows = textOf(planDetailRows({ scene, ui: uiOn('plan'), node, width: 80 }));
      const changed = rows.find((row) => row.startsWith('changed'));
      expect(changed).toMatch(said ? /Z, year assumed$/ : /Z$/);
    });
  }
});

test('an instant has the zone it was in, an age needs none', () => {
  expect(dateTimeWithZone('2026-11-22T10:02:00Z', 'utc', now)).toBe('11-22 10:02:00Z');
  expect(dateTimeWithZone('2026-11-22T10:02:00Z', 'relative', now)).toBe('1m ago');
  expect(dateTimeWithZone(null, 'utc', now)).toBe('-');
});
