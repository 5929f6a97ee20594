import { meantOperation } from '../active-operation.ts';
import { operationName } from '../operation-name.ts';
import { gravityPath } from './gravity-path.ts';
import { next } from './next.ts';
import { nodeTrouble } from './node-trouble.ts';
import { type RefusalRow, type Refused, refusalReason } from './refusal.ts';
import { told } from './told.ts';

/** What is refused because something else is on (engine.md 9; commands.md 4 for joins and removals). */
const rows: readonly RefusalRow[] = [
  {
    id: 'lock.database',
    says: /database \S* ?is locked|is another instance running/,
    answer: ({ asked, said }) => ({
      question: 'Why does gravity not get at its database?',
      causes: [
        said,
        told(asked, 'agent', 'one process at a time holds it, and others wait for half a minute'),
      ],
      next: next.wait('wait and try again: heavy work of another gravity holds it for seconds'),
      after: 'if it stays so, see who holds it: fuser -v /var/lib/gravity/site/update/gravity.db',
    }),
  },
  {
    id: 'lock.masters-join-alone',
    says: /can't launch another expand while master node|can't join master node while another node is joining/,
    answer: (refused) => waitForJoin(refused, 'a master joins alone: etcd takes one new member at a time'),
  },
  {
    id: 'lock.joins-full',
    says: /at most (\d+) nodes can be joining simultaneously/,
    answer: (refused) =>
      waitForJoin(refused, `${refused.words[1]} nodes join at once at most, by the processors of the leader`),
  },
  {
    id: 'lock.shrink-refused',
    says: /node "([^"]*)" is offline, add --force flag|cannot remove the last master server|cannot shrink 1-node cluster/,
    answer: ({ asked, said, words: [, node] }) => {
      const question = 'Why can the node not be removed?';
      if (node === undefined)
        return {
          question,
          causes: [said],
          next: next.hand(
            'join another node first: a cluster keeps a master',
            `${gravityPath(asked.cluster)} status --token`,
          ),
          after: 'then remove this one',
        };
      const { trouble, repair } = nodeTrouble(asked, node);
      return {
        question,
        causes: [said, ...(trouble === null ? [] : [trouble])],
        next:
          repair ??
          next.hand(
            `bring ${node} back, so that it is uninstalled too`,
            `${gravityPath(asked.cluster)} status`,
          ),
        after: `or, if it never comes back, remove it without asking it: ${gravityPath(asked.cluster)} remove ${node} --force`,
      };
    },
  },
  {
    id: 'lock.cluster-degraded',
    says: /cluster is degraded|cannot expand degraded cluster/,
    answer: ({ asked, said, again }) => {
      const sick = asked.cluster.status?.nodes?.filter(({ state }) => state !== 'healthy') ?? [];
      const named = sick
        .slice(0, 3)
        .map(({ hostname, state, failed }) =>
          told(
            asked,
            'status',
            `${hostname} is ${state}${failed.length > 0 ? `: ${failed.slice(0, 2).join('; ')}` : ''}`,
          ),
        );
      if (asked.cluster.status?.state === 'active' && sick.length === 0)
        return {
          question: 'Why is it refused?',
          causes: [said, told(asked, 'status', 'the cluster is active by now')],
          next: next.wait('try again: what was in the way has passed'),
          after: null,
        };
      if (sick.length === 0) {
        const inner = again({ phase: null, refusal: null });
        return {
          question: 'Why is it refused?',
          causes: [said, ...inner.causes],
          next: inner.next,
          after: inner.after,
        };
      }
      return {
        question: 'Why is it refused?',
        causes: [said, ...named],
        next: next.hand('mend the nodes that are degraded', `${gravityPath(asked.cluster)} status`),
        after: 'within a minute the cluster is active again: then try again',
      };
    },
  },
  {
    id: 'lock.cluster-busy',
    says: /the cluster is (\w+)|cannot expand (\w+) cluster/,
    answer: ({ asked, said, words: [, one, two], again }) => {
      const state = one ?? two ?? 'busy';
      const now = asked.cluster.status?.state ?? null;
      const question = `Why is the cluster ${state}?`;
      if (now === 'active' || now === 'degraded')
        return {
          question,
          causes: [said, told(asked, 'status', `the cluster is ${now} by now`)],
          next: next.wait('try again: what was in the way has passed'),
          after: null,
        };
      const meant = meantOperation(asked.cluster);
      const by =
        meant === null
          ? 'no operation is known that holds it'
          : `the ${operationName(meant.type)} holds it: ${meant.state ?? 'state not read'}`;
      const inner = again({ phase: null, refusal: null });
      return {
        question,
        causes: [said, told(asked, 'status', by), ...inner.causes],
        next: inner.next,
        after: inner.after ?? 'once that operation is completed or rolled back, try again',
      };
    },
  },
];

export const lockReasons = rows.map(refusalReason);

function waitForJoin({ asked, said }: Refused, why: string) {
  const joins =
    asked.cluster.status?.activeOperations.filter(({ type }) => type === 'operation_expand') ?? [];
  const on = joins.map(({ description, progress }) =>
    told(asked, 'status', `${description}${progress === null ? '' : `: ${progress}`}`),
  );
  const causes = [said, told(asked, 'gravity', why), ...on];
  const question = 'Why can the node not join now?';
  if (joins.length === 0 && asked.cluster.status !== null)
    return { question, causes, next: next.wait('try again: no join is on any more'), after: null };
  return {
    question,
    causes,
    next: next.wait('wait until the join that is on is over, then join again'),
    after: 'one that is stuck: on its node, gravity leave --force, then join again',
  };
}
