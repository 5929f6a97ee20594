import type { Probe } from '../../protocol/health.ts';
import type { NextStep } from '../../protocol/why.ts';
import { nodeExpectation } from '../node-expectation.ts';
import type { NodeRow } from '../node-rows.ts';
import { knownState } from '../observed-plan.ts';
import type { OutageCause } from '../outage/cause.ts';
import { timeDrift } from '../time-drift.ts';
import type { Asked } from './asked.ts';
import { gravityPath } from './gravity-path.ts';
import { elapsedCause } from './in-progress.ts';
import { next } from './next.ts';
import { repairOf } from './node-repair.ts';
import { nodeNamed, nodeTrouble } from './node-trouble.ts';
import { probeCauses } from './probes.ts';
import type { Answer, Reason } from './reason.ts';
import { told } from './told.ts';

const unknownNode: Reason = {
  id: 'node.unknown',
  explain(asked) {
    const { node = null } = asked.question;
    if (node === null || nodeNamed(asked, node) !== null) return null;
    return {
      question: `What about ${node}?`,
      causes: [told(asked, 'status', `neither the plan nor status nor health knows a node ${node}`)],
      next: next.hand('see how the nodes are called', `${gravityPath(asked.cluster)} status`),
      after: null,
    };
  },
};

const nextReading = next.wait(
  'wait for the next reading of health: this one is from before the leaf was done',
);

/** All that is wrong is the doing of a leaf in progress. */
const expected = row('node.expected', (asked, node) => {
  const cause = causeOf(asked, node);
  if (cause === null || cause.phase === null || cause.stopped) return null;
  const leaf = asked.cluster.plan?.phases.find(({ id }) => id === cause.phase);
  const runs = leaf && knownState(asked.cluster, leaf) === 'in_progress' ? [elapsedCause(asked, leaf)] : [];
  const causes = [
    ...runs,
    told(
      asked,
      'plan',
      cause.unseen
        ? `${cause.phase} stops planet on this node: it cannot see ${node.name} until planet is back`
        : `${cause.phase} is bound to cause this while it runs`,
    ),
    ...probeCauses(asked, node.name),
  ];
  return {
    question: `Why is ${node.name} ${how(node)}?`,
    causes,
    next: runs.length > 0 ? next.wait('wait: it ends with the leaf') : nextReading,
    after: 'if it is still down after the phase ends, it is UNEXPECTED: press w again',
  };
});

/** Nothing is wrong but what the plan itself has stopped, or a leaf in progress darkens. */
const stopped = row('node.etcd-stopped', (asked, node) => {
  const behind = causeOf(asked, node);
  if (behind === null || !behind.stopped) return null;
  return {
    question: `Why is ${node.name} ${how(node)}?`,
    causes: [
      told(asked, 'plan', `the plan stopped etcd with ${behind.phase}, and starts it again in a later phase`),
      ...probeCauses(asked, node.name),
    ],
    next: startsAgain(asked),
    after: 'the probes follow up to a minute after the last restart',
  };
});

function startsAgain({ cluster, outages, facts }: Asked): NextStep {
  if (outages.etcdStopped(facts.now) === null) return nextReading;
  const isMoving = cluster.plan?.phases.some(({ leaf, state }) => leaf && state === 'in_progress');
  return isMoving
    ? next.wait('wait: the phases of etcd that follow start it again')
    : next.action('go on with the phases of etcd: they start it again, and need no API', 'operation.step');
}

const silent = row('node.silent', (asked, node) => {
  if (node.state !== 'offline' && !node.vanished) return null;
  const { trouble, repair } = nodeTrouble(asked, node.name);
  if (trouble === null || repair === null) return null;
  return {
    question: `Why does ${node.name} not answer?`,
    causes: [trouble, told(asked, 'plan', 'no leaf in progress explains it')],
    next: repair,
    after: 'the endpoint shows it up to a minute late; nothing of the plan should be run on it before',
  };
});

/** Probes that nothing explains: the first of them is mended first. */
const failing = row('node.probes', (asked, node) => {
  const { outages, facts } = asked;
  const isUnexpected = ({ checker }: Probe) =>
    outages.causeOf({ node: node.name, checker }, facts.now).phase === null;
  const first = critical(node).find(isUnexpected);
  if (first === undefined) return null;
  return {
    question: `Why is ${node.name} ${how(node)}?`,
    causes: probeCauses(asked, node.name),
    next: repairOf(asked, node, first),
    after: 'nothing: the probe is seen to be well again within a minute',
  };
});

/** Only status has spoken, which tells no checkers. */
const degraded = row('node.degraded', (asked, node) => {
  if (node.state !== 'degraded' || node.probes.length > 0) return null;
  const failed = asked.cluster.status?.nodes?.find(({ ip }) => ip === node.ip)?.failed ?? [];
  return {
    question: `Why is ${node.name} degraded?`,
    causes: [
      ...failed.slice(0, 4).map((text) => told(asked, 'status', `${node.name}: ${text}`)),
      told(asked, 'health', 'the health endpoint has not told its probes'),
    ],
    next: next.hand(
      `on ${node.name}, mend what the failed probes name`,
      'gravity status',
      'gravity exec systemctl --failed',
    ),
    after: null,
  };
});

const noAccess = row('node.no-access', (asked, node) => {
  const { trouble, repair } = nodeTrouble(asked, node.name);
  if (trouble === null || repair === null) return null;
  return {
    question: `Why is ${node.name} as it is?`,
    causes: [trouble],
    next: repair,
    after: 'update agents are deployed through it: agent.deploy',
  };
});

const contradicted = row('node.contradicted', (asked, node) => {
  if (node.contradictions.length === 0) return null;
  return {
    question: `How is ${node.name} really?`,
    causes: node.contradictions.map((text) => told(asked, 'health', text)),
    next: next.wait('wait for the next reading of both, a minute at most: the older one may just be late'),
    after: 'if they still differ, believe the node itself: gravity status there',
  };
});

/** Warnings degrade nothing, and an upgrade is refused because of them (health.md 1). */
const warned = row('node.warnings', (asked, node) => {
  const [first] = node.probes.filter(({ state, severity }) => state === 'failed' && severity === 'warning');
  if (first === undefined) return null;
  return {
    question: `What does ${node.name} warn of?`,
    causes: [
      told(asked, 'health', `${first.checker} warns: ${first.text}`),
      told(asked, 'health', 'a warning degrades nothing, but gravity upgrade refuses to begin with one'),
    ],
    next: repairOf(asked, node, first),
    after: null,
  };
});

/** Its clock is wrong: the masters are degraded for it, while the node itself looks well. */
const clock = row('node.clock', (asked, node) => {
  const drift = timeDrift(asked.cluster);
  if (drift === null || drift.node !== node.name) return null;
  return {
    question: `What is wrong with ${node.name}?`,
    causes: [told(asked, 'health', drift.said)],
    next: repairOf(asked, node, { checker: 'time-drift', state: 'failed', severity: null, text: '' }),
    after: 'the masters report it within a minute',
  };
});

const well = row('node.well', (asked, node) => ({
  question: `How is ${node.name}?`,
  causes: [told(asked, 'health', `it is ${node.state}, and nothing is known to be wrong with it`)],
  next:
    node.state === 'unknown'
      ? next.wait('wait until the health endpoint has heard of it: half a minute after its agent starts')
      : next.wait('leave it as it is'),
  after: null,
}));

/** Where a node is asked about these answer, the last of them always. */
export const nodeReasons: readonly Reason[] = [
  unknownNode,
  expected,
  stopped,
  silent,
  failing,
  degraded,
  noAccess,
  contradicted,
  clock,
  warned,
  well,
];

function row(id: string, answer: (asked: Asked, node: NodeRow) => Answer | null): Reason {
  return {
    id,
    explain(asked) {
      const { node = null } = asked.question;
      const found = node === null ? null : nodeNamed(asked, node);
      return found === null ? null : answer(asked, found);
    },
  };
}

/** What causes all that is wrong with it now. */
function causeOf({ outages, facts }: Asked, node: NodeRow): OutageCause | null {
  return nodeExpectation(outages, facts.now)(node);
}

function critical({ probes }: NodeRow): Probe[] {
  return probes.filter(({ state, severity }) => state === 'failed' && severity !== 'warning');
}

function how({ state, vanished }: NodeRow): string {
  return vanished ? 'silent' : state;
}
