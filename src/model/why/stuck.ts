import { etcdOutlook } from '../etcd-quorum.ts';
import type { Asked } from './asked.ts';
import { gravityPath } from './gravity-path.ts';
import { elapsedCause } from './in-progress.ts';
import { type KnownPhase, knownPhase } from './known.ts';
import { next } from './next.ts';
import { nodeNamed, nodeTrouble } from './node-trouble.ts';
import { probeCauses } from './probes.ts';
import type { Answer, Reason } from './reason.ts';
import { runnerOf } from './runner.ts';
import { told } from './told.ts';

const waitsForHealth: ReadonlySet<string> = new Set(['node_health', 'endpoints', 'health']);

/** It waits for a node that stays sick: gravity gives up after five minutes (engine.md 11). */
const sick: Reason = row('progress.waits-for-health', (asked, { phase }) => {
  if (phase.state !== 'in_progress' || !waitsForHealth.has(phase.kind)) return null;
  const node = phase.runsOn ?? phase.node;
  const found = probeCauses(asked, node);
  if (found.length === 0 || runnerOf(asked, phase).is === 'gone') return null;
  return {
    question: `Why is ${phase.id} not moving?`,
    causes: [elapsedCause(asked, phase), ...found],
    next: next.hand(
      `on ${node}, mend what the failed probes name; it is waited for 5 minutes in all`,
      `${gravityPath(asked.cluster)} status`,
      "systemctl status 'gravity__gravitational.io__planet*'",
    ),
    after: `then nothing: it goes on by itself; once it has failed, execute it again: operation.step --phase ${phase.id}`,
  };
});

/** These run while etcd is down, or are what brings it back. */
const needsNoEtcd = /^etcd_|^update_system$|^restart$|^node_health$/;

/** The cluster's store has no quorum: phases that ask the API wait for it (15 minutes), and no status is worth reading. */
const dark: Reason = row('progress.etcd-dark', (asked, { phase }) => {
  if (phase.state !== 'in_progress' || needsNoEtcd.test(phase.kind)) return null;
  const etcd = etcdOutlook(asked.cluster, [], 'execute');
  if (etcd === null || etcd.now >= etcd.quorum) return null;
  return {
    question: `Why is ${phase.id} not moving?`,
    causes: [
      elapsedCause(asked, phase),
      told(
        asked,
        'health',
        `${etcd.now} of ${etcd.members} members of etcd answer, ${etcd.quorum} must: the cluster’s API is gone`,
      ),
    ],
    next: next.hand(
      'on each master that is down, bring planet and etcd back',
      "systemctl status 'gravity__gravitational.io__planet*'",
      `${gravityPath(asked.cluster)} exec etcdctl cluster-health`,
    ),
    after: 'then nothing: it goes on by itself for a quarter of an hour; later, ask again',
  };
});

/** The plan names a node that is in the cluster no more (engine.md 10: node left during the upgrade). */
const left: Reason = row('leaf.node-left', (asked, { phase }) => {
  const { status, health, sources } = asked.cluster;
  const name = phase.node ?? phase.runsOn;
  if (!phase.leaf || phase.state === 'completed' || name === null) return null;
  if (status?.nodes == null || status.nodes.length === 0 || sources.status.state === 'failing') return null;
  const server = asked.cluster.plan?.servers.find(({ hostname }) => hostname === name);
  const isListed = status.nodes.some(({ hostname, ip }) => hostname === name || ip === server?.ip);
  if (isListed || health === null || nodeNamed(asked, name)?.vanished !== true) return null;
  return {
    question: `Why can ${phase.id} not run?`,
    causes: [
      told(asked, 'status', `${name} is in the cluster no more`),
      told(asked, 'health', `the other nodes list ${name} no more`),
      told(asked, 'plan', 'the plan was made before it left, and is never made anew'),
    ],
    next: next.action('write it down as completed: there is no node to run it on', 'phase.set', {
      phase: phase.id,
      state: 'completed',
    }),
    after: `the same for every other leaf of ${name}; then go on`,
  };
});

/** The node a leaf runs on does not answer, and no outage of it is expected. */
const down: Reason = row('leaf.node-down', (asked, { phase }) => {
  const name = phase.runsOn ?? phase.node;
  if (!phase.leaf || phase.state === 'completed' || name === null) return null;
  if (asked.outages.causeOf({ node: name, checker: null }, asked.facts.now).phase !== null) return null;
  const row = nodeNamed(asked, name);
  if (row?.state !== 'offline' && !row?.vanished) return null;
  const { trouble, repair } = nodeTrouble(asked, name);
  if (trouble === null || repair === null) return null;
  return {
    question: `Why can ${phase.id} not run?`,
    causes: [...(phase.state === 'in_progress' ? [elapsedCause(asked, phase)] : []), trouble],
    next: repair,
    after:
      phase.state === 'in_progress'
        ? 'then ask again: what ran there ended with the machine'
        : `then step: operation.step --phase ${phase.id}`,
  };
});

export const stuckReasons: readonly Reason[] = [sick, dark, left, down];

function row(id: string, answer: (asked: Asked, known: KnownPhase) => Answer | null): Reason {
  return {
    id,
    explain(asked) {
      const known = asked.question.refusal === null ? knownPhase(asked) : null;
      return known === null ? null : answer(asked, known);
    },
  };
}
