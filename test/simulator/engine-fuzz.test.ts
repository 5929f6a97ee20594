import { describe, expect, test } from 'vitest';
import { phaseTree } from '../../src/simulator/phase-tree.ts';
import { OPERATIONS } from '../../src/simulator/plan/operations.ts';
import type { PlanDocument } from '../../src/simulator/plan-document.ts';
import { runScript } from '../../src/simulator/script/run-script.ts';
import { numbers } from './numbers.ts';

const SEEDS = [1, 2, 3, 4, 5];
const COMMANDS = 40;

/** Whatever was done to a plan before, by whatever operation it is, some things stay true. */
describe.each(Object.keys(OPERATIONS))('a plan of the operation %s', (name) => {
  test.each(SEEDS)('holds together under random commands, seed %i', async (seed) => {
    const plan = planOf(name);
    if (plan === null) return;
    const { leaves } = phaseTree(plan);
    const mended = leaves.flatMap(({ id }) => [`fix ${id}`, `execute ${id} --force`]);
    const answers = await runScript(plan, [...commands(plan, seed), ...mended, 'resume'].join('\n'));
    for (const { exit_code, user_message, changelog_added } of answers) {
      // A command either fails with words or says nothing went wrong.
      expect((exit_code === 0) === (user_message === null)).toBe(true);
      // What is written is about leaves of this plan alone.
      for (const entry of changelog_added ?? [])
        expect(leaves.some(({ id }) => entry.startsWith(`${id} `))).toBe(true);
    }
    // With everything mended and each leaf done by force, nothing is left for resume.
    expect(answers.at(-1)).toMatchObject({
      exit_code: 0,
      operation_state: 'completed',
      cluster_state: 'active',
    });
  });
});

function planOf(name: string): PlanDocument | null {
  const row = OPERATIONS[name];
  if (row === undefined) return null;
  const createdMs = Date.parse('2026-11-22T10:21:25Z');
  const cluster = 'demo.example.com';
  return row.build({ masters: 3, workers: 2, operationId: 'op', cluster, createdMs });
}

function commands(plan: PlanDocument, seed: number): string[] {
  const ids = [...phaseTree(plan).byId.keys()];
  const leaves = phaseTree(plan).leaves.map(({ id }) => id);
  const next = numbers(seed);
  const one = (words: readonly string[]): string => words[Math.floor(next() * words.length)] ?? '';
  const makers: readonly (() => string)[] = [
    () => `execute ${one(ids)}`,
    () => `execute ${one(leaves)} --force`,
    () => `rollback ${one(leaves)}`,
    () => `rollback ${one(leaves)} --force`,
    () => `fail-execute ${one(leaves)} plain it did not work`,
    () => `fail-rollback ${one(leaves)} wrapped it did not go back`,
    () => `crash ${one(leaves)}`,
    () => `set ${one(leaves)} ${one(['unstarted', 'in_progress', 'completed', 'failed', 'rolled_back'])}`,
    () => 'resume',
    () => 'rollback-plan',
  ];
  return Array.from({ length: COMMANDS }, () => makers[Math.floor(next() * makers.length)]?.() ?? '');
}
