import type { Phase } from '../../protocol/phase.ts';
import { etcdOutlook } from '../etcd-quorum.ts';
import { reachOf } from '../reach.ts';
import { etcdDark } from './etcd-dark.ts';
import { aboutProgress } from './in-progress.ts';
import { next } from './next.ts';
import { nodeTrouble } from './node-trouble.ts';
import type { Answer } from './reason.ts';
import { type RefusalRow, type Refused, refusalReason } from './refusal.ts';
import { told } from './told.ts';

/** What `plan execute` refuses (engine-observed 2), and our own step with it. */
const rows: readonly RefusalRow[] = [
  {
    id: 'execute.no-phase-given',
    says: /missing PhaseID|required flag --phase not provided/,
    answer: ({ said }) => ({
      question: 'Why was nothing run?',
      causes: [said],
      next: next.action('step: the next leaf is taken where none is named', 'operation.step'),
      after: null,
    }),
  },
  {
    id: 'execute.not-found',
    says: /phase "([^"]*)" not found/,
    answer: ({ said, words: [, id = ''], index, asked }) => {
      const meant = index?.plan.phases.find((phase) => same(phase.id, id))?.id ?? null;
      return {
        question: `Why is there no phase ${id}?`,
        causes: [
          said,
          told(
            asked,
            'plan',
            meant === null ? 'the plan has no phase of that name' : `the plan has ${meant}`,
          ),
        ],
        next:
          meant === null
            ? next.hand('give the id exactly as the plan shows it, from the first slash on')
            : next.action(`execute ${meant}: ids are matched exactly`, 'phase.execute', { phase: meant }),
        after: null,
      };
    },
  },
  {
    id: 'execute.completed',
    says: /phase "([^"]*)" is already completed: nothing would run|every leaf is completed: nothing is left to step/,
    answer: ({ said, words: [, id], again }) => {
      const inner = again({ phase: null, refusal: null });
      return {
        question: id === undefined ? 'Why is nothing left to step?' : `Why would ${id} do nothing?`,
        causes: [said, ...inner.causes],
        next: inner.next,
        after: inner.after,
      };
    },
  },
  {
    id: 'execute.group-step',
    says: /"([^"]*)" is a group: a step runs one leaf/,
    answer: ({ said, words: [, id = ''] }) => ({
      question: `Why can ${id} not be stepped?`,
      causes: [said],
      next: next.action('execute the group, leaf by leaf in plan order', 'phase.execute', { phase: id }),
      after: null,
    }),
  },
  {
    id: 'execute.in-progress',
    // Gravity's words with the phase in quotes, and our own of a phase that runs or may run.
    says: /(?:phase ")?(\/[^\s"]*)"? is (?:in progress, use --force flag|(?:in progress|running)[ ,(])/,
    answer: ({ asked, said, words: [, id = ''], index }) => {
      const leaf = index?.byId.get(id);
      if (leaf === undefined) return null;
      const question = `Why does ${id} not start again?`;
      if (leaf.state !== 'in_progress') return passed(asked, { said, question, id, state: leaf.state });
      const found = aboutProgress(asked, leaf);
      return { question, ...found, causes: [said, ...found.causes] };
    },
  },
  {
    id: 'execute.requires',
    says: /required phase "([^"]*)" is not completed/,
    answer: (refused) => {
      const { asked, said, index, again } = refused;
      const [, id = ''] = refused.words;
      const required = index?.byId.get(id);
      if (required === undefined) return null;
      const question = `Why can ${asked.question.phase ?? 'it'} not run?`;
      const unaware = required.state === 'completed' ? knownHereOnly(refused, required) : null;
      if (unaware !== null) return { ...unaware, question };
      if (required.state === 'completed') return passed(asked, { said, question, id, state: 'completed' });
      const inner = again({ phase: id, refusal: null });
      const cause = told(asked, 'plan', `${id} is ${required.state.replace('_', ' ')}`);
      return { question, causes: [said, cause, ...inner.causes], next: inner.next, after: inner.after };
    },
  },
  {
    id: 'execute.force-group',
    says: /cannot use force with composite phase "([^"]*)"/,
    answer: ({ asked, said, words: [, id = ''] }) => ({
      question: `Why can ${id} not be forced?`,
      causes: [said, told(asked, 'plan', `${id} is a group: its state is computed from its leaves`)],
      next: next.action('execute the group without --force: what is completed is skipped', 'phase.execute', {
        phase: id,
      }),
      after: 'a leaf of it that is stuck in progress is forced by itself: phase.force',
    }),
  },
  {
    id: 'execute.no-agent',
    says: /no agent is running on node (\S+?)(?:\/\S+)?, please execute phase "([^"]*)" locally/,
    answer: (refused) => noAgent(refused, refused.words[1] ?? '', refused.words[2] ?? ''),
  },
];

export const executeReasons = rows.map(refusalReason);

/** No update agent on a node: deployed where the node answers at all (commands.md 3.4), else the node comes first. */
export function noAgent({ asked, said }: Pick<Refused, 'asked' | 'said'>, node: string, phase: string) {
  const question = `Why can ${phase} not run on ${node}?`;
  const { trouble, repair } = nodeTrouble(asked, node);
  const after = `step on: operation.step --phase ${phase}`;
  if (trouble !== null && repair !== null) return { question, causes: [said, trouble], next: repair, after };
  const leaf = asked.cluster.plan?.phases.find(({ id }) => id === phase);
  const agents = asked.facts.agents ?? asked.cluster.agents;
  const known = agents?.find(({ hostname }) => hostname === node);
  const cause = told(asked, 'agents', `the update agent of ${node} is ${known?.state ?? 'unknown'}`);
  if (known?.state === 'deployed' && leaf !== undefined && !reachOf(asked.cluster, agents).hasNoAgent(leaf))
    return {
      question,
      causes: [said, cause],
      next: next.action('the update agent is back: execute it', 'operation.step', { phase }),
      after: null,
    };
  return {
    question,
    causes: [said, cause],
    next: next.action('deploy the update agents', 'agent.deploy'),
    after,
  };
}

/**
 * A node judges by its own copy of the plan, and gets what ran elsewhere through etcd (nodes-facts 7.3): until etcd answers
 * again it will refuse, however often it is tried.
 */
function knownHereOnly(refused: Refused, required: Phase): Answer | null {
  const { asked, said, phase } = refused;
  const etcd = etcdOutlook(asked.cluster, [], 'execute');
  const isHere = phase !== null && reachOf(asked.cluster, asked.facts.agents).isLocal(phase);
  if (etcd === null || etcd.now >= etcd.quorum || isHere) return null;
  const dark = etcdDark(refused);
  const node = phase?.runsOn ?? 'its node';
  const text = `${required.id} is completed, and ${node} does not know it: its copy of the plan learns it through etcd, which is down`;
  return { ...dark, causes: [said, told(asked, 'plan', text), ...dark.causes.slice(1)] };
}

/** What was in the way is not there any more. */
function passed(
  asked: Refused['asked'],
  { said, question, id, state }: { said: Refused['said']; question: string; id: string; state: string },
) {
  const phase = asked.question.phase ?? id;
  const cause = told(asked, 'plan', `${id} is ${state.replace('_', ' ')} by now`);
  const leaf = asked.cluster.plan?.phases.find((each) => each.id === phase);
  if (leaf === undefined || leaf.state === 'completed')
    return {
      question,
      causes: [said, cause],
      next: next.wait('nothing: it was so, and is no longer'),
      after: null,
    };
  return {
    question,
    causes: [said, cause],
    next: next.action('try again: what was in the way has passed', 'phase.execute', { phase }),
    after: null,
  };
}

function same(id: string, given: string): boolean {
  const bare = (text: string) => text.replace(/^\/|\/$/g, '').toLowerCase();
  return bare(id) === bare(given) && given !== '';
}
