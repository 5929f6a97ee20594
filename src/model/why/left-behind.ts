import type { KubernetesNode } from '../../protocol/kubernetes.ts';
import { isClosed, meantOperation } from '../active-operation.ts';
import { indexPlan } from '../phase-tree.ts';
import { unmetRequirements } from '../requirements.ts';
import type { Asked } from './asked.ts';
import { gravityPath } from './gravity-path.ts';
import { next } from './next.ts';
import type { Reason } from './reason.ts';
import { told } from './told.ts';
import { whole } from './whole-row.ts';

const runlevel = 'gravitational.io/runlevel';

/** Nothing is on any more, and a node still takes no pods (engine.md 10: node stays cordoned or tainted after an abort). */
const cordoned: Reason = whole('nodes.left-cordoned', (asked) => {
  const left = asked.facts.nodes?.filter(isClosedToPods) ?? [];
  const [first] = left;
  if (first === undefined || !isIdle(asked)) return null;
  const kubectl = `${gravityPath(asked.cluster)} exec kubectl`;
  const leaf = uncordonLeaf(asked, first);
  const causes = left.slice(0, 4).map((node) => told(asked, 'kubernetes', closedWords(asked, node)));
  const question = 'Why do nodes take no pods?';
  if (leaf !== null)
    return {
      question,
      causes,
      next: next.action('run the phase that makes it schedulable again', 'operation.step', { phase: leaf }),
      after: 'the same for every other node named above',
    };
  return {
    question,
    causes,
    next: next.hand(
      'make them schedulable again: nothing of the operation will',
      ...left
        .slice(0, 3)
        .flatMap(({ name, cordoned: isCordoned, taints }) => [
          ...(isCordoned ? [`${kubectl} uncordon ${name}`] : []),
          ...(taints.some(isRunlevel) ? [`${kubectl} taint nodes ${name} ${runlevel}-`] : []),
        ]),
    ),
    after: null,
  };
});

function isClosedToPods({ cordoned: isCordoned, taints }: KubernetesNode): boolean {
  return isCordoned || taints.some(isRunlevel);
}

function isRunlevel(taint: string): boolean {
  return taint.startsWith(`${runlevel}=system`);
}

/** None is open, or it failed and gave the cluster back: no phase in between is at work on the node. */
function isIdle({ cluster }: Asked): boolean {
  const meant = meantOperation(cluster);
  if (meant === null || isClosed(meant)) return true;
  return meant.state === 'failed' && /^(active|degraded)$/.test(cluster.status?.state ?? '');
}

function hostOf({ cluster }: Asked, { name }: KubernetesNode): string {
  const server = cluster.plan?.servers.find(
    ({ nodename, ip, hostname }) => nodename === name || ip === name || hostname === name,
  );
  return server?.hostname ?? name;
}

function closedWords(asked: Asked, node: KubernetesNode): string {
  const words = [node.cordoned ? 'cordoned' : null, ...node.taints.filter(isRunlevel)];
  return `${hostOf(asked, node)} is left ${words.filter((word) => word !== null).join(', ')}: no pods come to it`;
}

/** The leaf that uncordons it, where it may run. */
function uncordonLeaf(asked: Asked, node: KubernetesNode): string | null {
  const { plan } = asked.cluster;
  const meant = meantOperation(asked.cluster);
  if (plan === null || meant === null || isClosed(meant)) return null;
  const host = hostOf(asked, node);
  const leaf = plan.phases.find((phase) => /^uncordon(_node)?$/.test(phase.kind) && phase.node === host);
  if (leaf === undefined || leaf.state === 'completed') return null;
  return unmetRequirements(indexPlan(plan), leaf.id).length === 0 ? leaf.id : null;
}

/** Gravity removes a node by itself; a failed removal leaves it half removed (engine.md 10). */
const shrink: Reason = whole('operation.shrink', (asked) => {
  const meant = lastOperation(asked, 'operation_shrink');
  if (meant === null) return null;
  const question = 'What does the removal of a node wait for?';
  const said = told(
    asked,
    'status',
    `${meant.description}: ${meant.state}${meant.progress === null ? '' : `, ${meant.progress}`}`,
  );
  if (meant.state !== 'failed')
    return {
      question,
      causes: [said, told(asked, 'gravity', 'gravity runs it to its end by itself: it has no plan to drive')],
      next: next.wait('wait: it takes one to five minutes'),
      after: 'if it stands still, close it: operation.complete; then remove the node again with --force',
    };
  return {
    question,
    causes: [
      said,
      told(asked, 'status', 'the node is half removed: some of it is forgotten, some is still there'),
    ],
    next: next.hand(
      'remove the node again; --force goes on over what fails',
      `${gravityPath(asked.cluster)} remove NODE --force --confirm`,
    ),
    after: null,
  };
});

/** A failed join gives the cluster back, and leaves half a node (engine.md 10). */
const join: Reason = whole('operation.join-failed', (asked) => {
  const meant = lastOperation(asked, 'operation_expand');
  if (meant?.state !== 'failed') return null;
  return {
    question: 'Why is the new node no part of the cluster?',
    causes: [
      told(
        asked,
        'status',
        `${meant.description} failed${meant.progress === null ? '' : `: ${meant.progress}`}`,
      ),
    ],
    next: next.hand(
      'on the new node, clean up what the join left',
      `${gravityPath(asked.cluster)} leave --force --confirm`,
      'tail -n 100 /var/log/gravity-install.log',
    ),
    after: 'then join it again, with the cluster’s own gravity',
  };
});

/** The newest operation, where it is of this type. */
function lastOperation({ cluster: { status } }: Asked, type: string) {
  const active = status?.activeOperations.find((each) => each.type === type);
  if (active !== undefined) return active;
  return status?.operation?.type === type ? status.operation : null;
}

export const leftBehindReasons: readonly Reason[] = [cordoned, shrink, join];
