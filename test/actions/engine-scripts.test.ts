import { describe, expect, it } from 'vitest';
import { readPlanDocument } from '../../src/simulator/plan-document.ts';
import { runScript } from '../../src/simulator/script/run-script.ts';
import { recordings, recordingText } from '../recordings.ts';
import { recordedPlan } from './a-cluster.ts';
import { disagreements, type Recorded } from './engine-agreement.ts';

/**
 * Every command of recordings/engine against gravity's own state machine is put to `judge` at the very same states:
 * what gravity refused before running anything must be refused with the same meaning, and nothing may be refused
 * that gravity ran.
 */
const scripts = recordings('engine').filter((name) => name.endsWith('.json') && !name.includes('plan'));

describe('judge beside gravity’s own state machine', () => {
  for (const script of scripts) {
    it(`says what gravity says in ${script}`, () => {
      const commands: Recorded[] = JSON.parse(recordingText(script));
      expect(disagreements(recordedPlan(planOf(script)), commands)).toEqual([]);
    });
  }

  it('has scripts to look at', () => {
    expect(scripts.length).toBeGreaterThan(0);
  });
});

/**
 * The simulated state machine is held to the same recordings (test/simulator), so it may speak for gravity where none
 * was recorded: a hundred random commands on each kind of plan.
 */
describe('judge beside the simulated state machine', () => {
  const plans = recordings('engine/random').filter((name) => name.includes('/plan-'));
  for (const [seed, path] of plans.flatMap((path) => [1, 2, 3].map((seed) => [seed, path] as const))) {
    it(`says the same of a hundred random commands on ${path}, seed ${seed}`, async () => {
      const plan = recordedPlan(path);
      const read = readPlanDocument(recordingText(path));
      if ('refused' in read) throw new Error(read.refused);
      const script = randomScript(
        plan.phases.map(({ id }) => id),
        seed,
      );
      expect(disagreements(plan, await runScript(read.plan, script.join('\n')))).toEqual([]);
    });
  }
});

/** Mostly what moves the plan on, so that there is something to roll back, fail and crash. */
function randomScript(phases: readonly string[], seed: number): string[] {
  let state = seed * 7919;
  const pick = <T>(from: readonly T[]): T | undefined => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return from[Math.floor((state / 2 ** 32) * from.length)];
  };
  const verbs = [
    ...['execute', 'execute', 'execute', 'execute', 'rollback', 'rollback', 'set'],
    ...['force', 'crash', 'fix', 'fail-execute', 'resume', 'rollback-plan', 'complete'],
  ];
  return Array.from({ length: 100 }, (_, at) => {
    const verb = pick(verbs) ?? 'execute';
    const near = phases.slice(0, Math.max(4, Math.floor((phases.length * at) / 60)));
    const phase = pick(near) ?? '/';
    if (['resume', 'rollback-plan', 'complete'].includes(verb))
      return at % 3 === 0 ? verb : `execute ${phase}`;
    if (verb === 'force') return `execute ${phase} --force`;
    if (verb === 'set')
      return `set ${phase} ${pick(['unstarted', 'in_progress', 'completed', 'failed', 'rolled_back'])}`;
    if (verb === 'fail-execute') return `fail-execute ${phase} bad scripted failure of ${phase}`;
    return `${verb} ${phase}`;
  });
}

function planOf(script: string): string {
  if (!script.includes('random/')) return script.replace('.json', '.plan.json');
  return script.replace(/\d+-([^/]+)\.json$/, 'plan-$1.json');
}
