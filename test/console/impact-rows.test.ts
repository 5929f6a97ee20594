import { describe, expect, test } from 'vitest';
import { noImpact } from '../../src/actions/impact.ts';
import { impactRows } from '../../src/console/view/impact.ts';
import type { Impact } from '../../src/protocol/judgement.ts';
import { clusterOf, recordedPlan, sceneOf, textOf } from './a-scene.ts';

const scene = sceneOf(clusterOf(recordedPlan('failed-3m2w')));
const said = (part: Partial<Impact>) => textOf(impactRows(scene, noImpact(part))).join('\n');

describe('what a card says of an impact', () => {
  test('how long, with its spread and where that is known from', () => {
    const takes = { p50: 348_000, p90: 420_000, from: 'siblings' } as const;
    expect(said({ takes })).toContain('takes      about 6m, nine of ten within 7m; as sibling phases took');
    expect(said({ takes: null })).not.toContain('takes');
  });
  test('what each phase that is left out means, and how many more', () => {
    const skipped = Array.from(
      { length: 6 },
      (_, at) => `/masters/master-${at}/drain, not run: pods are not evicted`,
    );
    const text = said({ skips: skipped.map((one) => one.split(',')[0] ?? ''), skipped });
    expect(text).toContain('skips      /masters/master-0/drain, not run: pods are not evicted');
    expect(text).toContain('and 2 more');
  });
  test('the versions of each node where they are known, else those of the cluster', () => {
    const versions = { from: '2.4.0', to: '2.5.0' };
    const nodeVersions = [{ node: 'master-2', from: '7.0.30', to: '7.0.41' }];
    expect(said({ versions, nodeVersions })).toContain('master-2 7.0.30 to 7.0.41');
    expect(said({ versions, nodeVersions: [] })).toContain('2.4.0 to 2.5.0');
  });
  test('that pods and etcd are unknown, where they are', () => {
    const text = said({ leaves: ['/etcd/backup/master-1'], pods: null, podsAsked: true });
    expect(text).toMatch(/etcd +unknown/);
    expect(text).toMatch(/pods +unknown: they could not be asked for/);
  });
});
