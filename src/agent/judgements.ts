import * as v from 'valibot';
import { judge, type Verdict } from '../actions/judge.ts';
import type { Facts } from '../actions/row.ts';
import { actionById } from '../actions/table.ts';
import type { Clock, Random } from '../ports.ts';
import type { Judgement } from '../protocol/judgement.ts';
import type { Ledger } from './contracts.ts';
import type { FactFinder } from './facts.ts';

const kept = { count: 500, ms: 10 * 60_000 };

type Question = Pick<Judgement, 'action' | 'args'>;

export type Judgements = {
  judge(question: Question): Promise<Judgement>;
  /** One given out before, null when it is too old or was never given. */
  find(id: string): Judgement | null;
  /** The same question again, as of now; a run that waits is not there for its own judgement. */
  again(question: Question, without?: string): Promise<Verdict>;
};

type World = { clock: Clock; random: Random; ledger: Ledger; facts: FactFinder };

/** Judges and remembers what was judged: the newest 500, for 10 minutes. */
export function createJudgements({ clock, random, ledger, facts }: World): Judgements {
  const given = new Map<string, { judgement: Judgement; at: number }>();
  const verdict = async ({ action, args }: Question, without?: string): Promise<Verdict> => {
    const row = actionById(action);
    const parsed = row ? v.safeParse(row.args, args) : null;
    // What will be refused for its arguments needs no facts.
    const found: Facts =
      row && parsed?.success
        ? await facts.find(row, parsed.output)
        : { pods: null, agents: null, now: clock.now() };
    const state = ledger.state();
    const cluster = { ...state, runs: state.runs.filter(({ id }) => id !== without) };
    return judge({ cluster, action, args, facts: found });
  };
  const remember = (judgement: Judgement) => {
    given.set(judgement.id, { judgement, at: clock.monotonic() });
    for (const [id, { at }] of given)
      if (given.size > kept.count || clock.monotonic() - at > kept.ms) given.delete(id);
  };
  return {
    async judge(question) {
      const { code: _, ...judged } = await verdict(question);
      const judgement: Judgement = { schema: 1, id: random.uuid(), ...judged };
      remember(judgement);
      return judgement;
    },
    find(id) {
      const found = given.get(id);
      return found === undefined || clock.monotonic() - found.at > kept.ms ? null : found.judgement;
    },
    again: verdict,
  };
}
