import * as v from 'valibot';
import { judge, type Verdict } from '../actions/judge.ts';
import type { Facts } from '../actions/row.ts';
import { actionById } from '../actions/table.ts';
import type { Clock, Random } from '../ports.ts';
import type { Judgement } from '../protocol/judgement.ts';
import type { Run } from '../protocol/run.ts';
import type { Ledger } from './contracts.ts';
import type { FactFinder } from './facts.ts';

const kept = { count: 500, ms: 10 * 60_000 };

type Question = Pick<Judgement, 'action' | 'args'>;

export type Judgements = {
  /** `fresh` false: judged on what is known, no source is read for it. */
  judge(question: Question, fresh?: boolean): Promise<Judgement>;
  /** One given out before, null when it is too old or was never given. */
  find(id: string): Judgement | null;
  /** The same question again, as of now; of a run that waits, it and those behind it are left out. */
  again(question: Question, without?: string): Promise<Verdict>;
};

type World = { clock: Clock; random: Random; ledger: Ledger; facts: FactFinder };

/** Judges and remembers what was judged: the newest 500, for 10 minutes. */
export function createJudgements({ clock, random, ledger, facts }: World): Judgements {
  const given = new Map<string, { judgement: Judgement; at: number }>();
  const verdict = async ({ action, args }: Question, fresh: boolean, without?: string): Promise<Verdict> => {
    const row = actionById(action);
    const parsed = row ? v.safeParse(row.args, args) : null;
    // What will be refused for its arguments needs no facts.
    const found: Facts =
      row && parsed?.success
        ? await facts.find(row, parsed.output, fresh)
        : { pods: null, agents: null, now: clock.now() };
    const state = ledger.state();
    const cluster = without === undefined ? state : { ...state, runs: runsAhead(state.runs, without) };
    return judge({ cluster, action, args, facts: found });
  };
  const remember = (judgement: Judgement) => {
    given.set(judgement.id, { judgement, at: clock.monotonic() });
    for (const [id, { at }] of given)
      if (given.size > kept.count || clock.monotonic() - at > kept.ms) given.delete(id);
  };
  return {
    async judge(question, fresh = true) {
      const { code: _, ...judged } = await verdict(question, fresh);
      const judgement: Judgement = { schema: 1, id: random.uuid(), ...judged };
      remember(judgement);
      return judgement;
    },
    find(id) {
      const found = given.get(id);
      return found === undefined || clock.monotonic() - found.at > kept.ms ? null : found.judgement;
    },
    again: (question, without) => verdict(question, true, without),
  };
}

/** Without a run that waits, and those that wait behind it. */
function runsAhead(runs: readonly Run[], waiting: string): Run[] {
  const own = runs.find(({ id }) => id === waiting);
  return runs.filter(
    ({ id, state, queuedAt }) =>
      id !== waiting && !(state === 'queued' && own !== undefined && queuedAt >= own.queuedAt),
  );
}
