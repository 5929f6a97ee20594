import { describe, expect, test } from 'vitest';
import { exitSummary } from '../../src/console/view/exit-summary.ts';
import { aRun, clusterOf, recordedPlan, sceneOf } from './a-scene.ts';

const plan = recordedPlan('failed-3m2w');

describe('what is left on the normal screen', () => {
  test('says what failed and why, and what to do next', () => {
    const lines = exitSummary(sceneOf(clusterOf(plan)));
    expect(lines[0]).toMatch(/^LIVE .*22 of 86 leaves completed/);
    expect(lines[1]).toMatch(
      /^failed +\/masters\/master-2\/drain: pods "shop\/shop-db-0" could not be evicted/,
    );
    expect(lines.at(-1)).toMatch(/^next +gravity-console plan/);
  });
  test('says what is left, and with the zone when it will be done while it goes on', () => {
    const timing = {
      ...sceneOf(clusterOf(plan)).timing,
      end: { low: 41 * 60_000, mid: 49 * 60_000, high: 57 * 60_000 },
    };
    const idle = exitSummary(sceneOf(clusterOf(plan), { timing }));
    expect(idle[0]).toMatch(/completed, if resumed now: about 49m left \(41m to 57m\)$/);
    const steps = [{ program: 'gravity' as const, path: null, argv: ['plan', 'resume'], phase: null }];
    const goesOn = exitSummary(sceneOf(clusterOf(plan, { runs: [aRun({ steps })] }), { timing }));
    expect(goesOn[0]).toMatch(/completed, done about 10:52Z ± 8m$/);
  });
  test('says what goes on without it', () => {
    const lines = exitSummary(
      sceneOf(clusterOf(plan, { runs: [aRun({ id: 'run-9', args: { phase: '/init' } })] })),
    );
    expect(lines.join('\n')).toContain(
      'goes on    Execute /init (running for 1m, run run-9), without this console',
    );
  });
  test('names the agent in the next command where that is not the one of this machine', () => {
    const reach = '--agent unix:/tmp/agent.sock';
    expect(exitSummary(sceneOf(clusterOf(plan)), reach).at(-1)).toBe(
      `next       gravity-console plan ${reach}, then gravity-console do operation.step --dry-run ${reach}`,
    );
  });
  test('gives no next command where the agent goes with the console', () => {
    const lines = exitSummary(sceneOf(clusterOf(plan, { runs: [aRun()] })), null).join('\n');
    expect(lines).toContain('failed     /masters/master-2/drain');
    expect(lines).not.toMatch(/^(next|goes on)/m);
  });
  test('says REHEARSAL when it was one', () => {
    expect(exitSummary(sceneOf(clusterOf(plan, { kind: 'rehearsal', label: 'ours' })))[0]).toMatch(
      /^REHEARSAL ours {2}/,
    );
  });
  test('an error of many lines stays one line', () => {
    const phases = plan.phases.map((phase) => (phase.error ? { ...phase, error: 'one\ntwo' } : phase));
    for (const line of exitSummary(sceneOf(clusterOf({ ...plan, phases })))) expect(line).not.toContain('\n');
  });
});
