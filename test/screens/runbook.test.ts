import { describe, expect, test } from 'vitest';
import { frameRows } from '../../screens/frame.ts';
import { width } from '../../src/console/cells.ts';
import type { Scene } from '../../src/console/scene.ts';
import type { Ui } from '../../src/console/ui.ts';
import { update } from '../../src/console/update/update.ts';
import { clusterOf, recordedPlan, sceneOf, textOf, uiOn } from '../console/a-scene.ts';

const plan = recordedPlan('failed-3m2w');
const drain = '/masters/master-2/drain';
const at = (columns: number, rows: number): Scene => sceneOf(clusterOf(plan), { size: { columns, rows } });
const open = (phase = drain, top = 0): Ui => uiOn('plan', { overlay: { kind: 'runbook', phase, top } });
const frame = (scene: Scene, ui: Ui): string[] => textOf(frameRows(scene, ui));

/** Everything the page says at this size, scrolled through line by line. */
function wholeText(scene: Scene): string {
  const seen = new Set<string>();
  let ui = open();
  for (;;) {
    for (const line of frame(scene, ui)) seen.add(line.trim());
    const next = update(ui, scene, 'j').ui;
    if (JSON.stringify(next) === JSON.stringify(ui))
      return [...seen].filter((line) => !line.includes('more lines: j')).join(' ');
    ui = next;
  }
}

describe.each([
  [80, 24],
  [120, 36],
  [200, 50],
  [40, 10],
])('the runbook at %i x %i', (columns, rows) => {
  test.for(plan.phases.filter(({ leaf }) => leaf).map(({ id }) => id))('%s fits', (phase) => {
    const lines = frame(at(columns, rows), open(phase));
    expect(lines).toHaveLength(rows);
    expect(lines.filter((line) => width(line) > columns)).toEqual([]);
  });

  test('says first what it is about', () => {
    expect(frame(at(columns, rows), open()).slice(3, 5).join('\n')).toMatch(/ Drain a node.*failed/s);
  });

  test('holds its error, its failures and its last advice somewhere', () => {
    const text = wholeText(at(columns, rows)).replaceAll(/\s+/g, ' ');
    expect(text).toContain('What it does');
    expect(text).toContain('What not to do');
    expect(text).toMatch(/disruption/);
    expect(text).toMatch(/stopped under them\./);
  });
});

describe('at 80x24', () => {
  const lines = frame(at(80, 24), open());

  test('the digits of all checks are in sight, with what they are', () => {
    for (const check of [
      '1 pods on the node',
      '2 disruption budgets',
      '3 nodes',
      '4 events',
      '5 etcd members',
      '6 update agents',
    ])
      expect(lines.join('\n')).toContain(check);
  });

  test('the footer says how to run one and how to leave', () => {
    expect(lines.at(-1)).toMatch(/1 to 9 run a check .*\? keys .*Esc close/);
  });

  test('it says how many lines are below', () => {
    expect(lines.join('\n')).toMatch(/\d+ more lines: j/);
    expect(frame(at(80, 24), update(open(), at(80, 24), 'G').ui).join('\n')).not.toContain('more lines');
  });
});

test('a phase the plan no longer has is said to be gone', () => {
  expect(frame(at(80, 24), open('/no/such')).join('\n')).toContain(
    'The plan has no phase /no/such any more.',
  );
});

test('before the pages are read it shows what the row of the kind knows', () => {
  const scene = { ...at(80, 24), runbook: new Map() };
  expect(frame(scene, open()).join('\n')).toContain('cordon the node and evict its pods');
});
