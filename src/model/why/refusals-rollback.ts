import { dependentsOf } from '../dependents.ts';
import { leavesOf } from '../phase-tree.ts';
import { walkRollback } from '../rollback-walk.ts';
import { next } from './next.ts';
import { type RefusalRow, type Refused, refusalReason } from './refusal.ts';
import { noAgent } from './refusals-execute.ts';
import { told } from './told.ts';

/** What `plan rollback` and `gravity rollback` refuse (engine-observed 4 and 5, engine.md 3). */
const rows: readonly RefusalRow[] = [
  {
    id: 'rollback.unstarted',
    says: /phase "([^"]*)" hasn't been executed yet/,
    answer: (refused) => nothingToRollBack(refused, 'it was never executed'),
  },
  {
    id: 'rollback.already',
    says: /phase "([^"]*)" has already been rolled back/,
    answer: (refused) => nothingToRollBack(refused, 'it is rolled back'),
  },
  {
    id: 'rollback.group',
    says: /rolling back phases that have sub-phases is not supported/,
    answer: ({ asked, said, phase }) => ({
      question: `Why can ${phase?.id ?? 'a group'} not be rolled back at once?`,
      causes: [said, told(asked, 'plan', 'gravity rolls back single leaves only, the last first')],
      next:
        phase === null
          ? next.hand('roll its leaves back one by one, the last first')
          : next.action('roll it back from here: leaf by leaf, in reverse order', 'phase.rollback', {
              phase: phase.id,
            }),
      after: null,
    }),
  },
  {
    id: 'rollback.dependents',
    says: /[Pp]hase (\S+) cannot be rolled back because some phases that depend on it/,
    answer: ({ asked, said, words: [, id = ''], index }) => {
      if (index === null) return null;
      const first = lastDependent(index, id);
      const question = `Why can ${id} not be rolled back?`;
      if (first === null)
        return {
          question,
          causes: [said, told(asked, 'plan', 'what depended on it is rolled back by now')],
          next: next.action('try again', 'phase.rollback', { phase: id }),
          after: null,
        };
      return {
        question,
        causes: [
          said,
          told(asked, 'plan', `${first} comes first: it depends on ${id} and nothing depends on it`),
        ],
        next: next.action(`roll ${first} back first`, 'phase.rollback', { phase: first }),
        after: `then what else depends on it, and ${id}; never with --force, which leaves the later ones without their ground`,
      };
    },
  },
  {
    id: 'rollback.no-agent',
    says: /Node (\S+) does not appear to have an upgrade agent running so phase "([^"]*)"/,
    answer: (refused) => {
      const [, node = '', id = ''] = refused.words;
      const found = noAgent(refused, node, id);
      return {
        ...found,
        question: `Why can ${id} not be rolled back from here?`,
        after: `roll it back again: phase.rollback --phase ${id}`,
        ...(found.next.action === 'operation.step' && {
          next: next.action('the update agent is back: roll it back', 'phase.rollback', { phase: id }),
          after: null,
        }),
      };
    },
  },
  {
    id: 'rollback.type',
    says: /operation type "([^"]*)" does not support plan rollback|Operation "([^"]*)" does not support automatic rollback/,
    answer: ({ asked, said, words: [, type, word], again }) => {
      const single = word !== undefined && /install|expand|join/.test(word);
      const inner = again({ phase: null, refusal: null });
      return {
        question: `Why can the operation not be rolled back?`,
        causes: [
          said,
          told(
            asked,
            'plan',
            single
              ? 'an installation or a join is rolled back phase by phase'
              : `gravity has no way back for ${type ?? word}: its phases are finished or the operation is closed`,
          ),
          ...inner.causes,
        ],
        next: single
          ? next.hand('roll its leaves back one by one, the last first: phase.rollback')
          : inner.next,
        after: single ? null : 'or close it as it is: operation.complete',
      };
    },
  },
  {
    id: 'rollback.unanswered',
    says: /Operation has been cancelled by user|^EOF$|\[ERROR\]: EOF/,
    answer: ({ said, asked }) => ({
      question: 'Why was nothing rolled back?',
      causes: [
        said,
        told(asked, 'gravity', 'gravity asked whether to proceed, and was answered no or nothing'),
      ],
      next: next.action('roll back from here: the question is answered by the card', 'operation.rollback'),
      after: null,
    }),
  },
];

export const rollbackReasons = rows.map(refusalReason);

function nothingToRollBack({ asked, said, words: [, id = ''], index }: Refused, why: string) {
  const started =
    index === null
      ? []
      : leavesOf(index, id).filter(({ state }) => state !== 'unstarted' && state !== 'rolled_back');
  const question = `Why can ${id} not be rolled back?`;
  const [leaf] = started;
  if (leaf === undefined)
    return {
      question,
      causes: [said, told(asked, 'plan', `${why}: there is nothing to roll back`)],
      next: next.wait('nothing: it is as if it had never run'),
      after: `to go on, execute it: operation.step --phase ${id}`,
    };
  return {
    question,
    causes: [said, told(asked, 'plan', `${leaf.id} is ${leaf.state.replace('_', ' ')} by now`)],
    next: next.action('try again', 'phase.rollback', { phase: id }),
    after: null,
  };
}

/** The started leaf that goes back first: of all that depend on the phase the last that nothing depends on. */
function lastDependent(index: NonNullable<Refused['index']>, id: string): string | null {
  const leaves = dependentsOf(index, id).flatMap((each) => leavesOf(index, each));
  const inOrder = index.plan.phases.filter((phase) => leaves.includes(phase));
  return walkRollback(index, inOrder).leaves[0] ?? null;
}
