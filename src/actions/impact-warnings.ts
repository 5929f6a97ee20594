import { aboutDuration } from '../model/about-duration.ts';
import { ageOf } from '../model/age.ts';
import { drivingBinary } from '../model/driving-binary.ts';
import { leftBeforeEtcd } from '../model/early-etcd.ts';
import { unreportedMasters } from '../model/etcd-reports.ts';
import { operationType } from '../model/operation-type.ts';
import { phaseKind } from '../model/phase-kinds.ts';
import { standing } from '../model/place.ts';
import { reachOf } from '../model/reach.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Impact } from '../protocol/judgement.ts';
import type { Phase } from '../protocol/phase.ts';
import type { LeavesTouched } from './impact.ts';

/** What holds for any leaves: the loudest first. */
export function leafWarnings(
  { cluster, facts, index, way }: LeavesTouched,
  leaves: readonly Phase[],
  etcd: Impact['etcd'],
): string[] {
  return [
    ...(way === 'execute' ? earlyEtcd(leftBeforeEtcd(index, leaves)) : []),
    ...quorumWarnings(etcd),
    ...healthWarnings(cluster, leaves, facts.now),
    ...agentWarnings(cluster, facts.agents, leaves),
    ...serviceWarnings(cluster),
    ...standingWarnings(cluster),
  ];
}

/** What is known to make the leaves fail: a budget that allows no eviction, where pods are evicted. */
export function leafAlarms({ facts, way }: LeavesTouched, leaves: readonly Phase[]): string[] {
  const drain = way === 'execute' ? leaves.find(({ kind }) => phaseKind(kind).evicts) : undefined;
  if (drain === undefined) return [];
  const again = drain.state === 'failed' ? 'it will fail again' : 'it will fail';
  return (facts.pods?.budgets ?? []).map((budget) => `${budget} allows 0 evictions now: ${again}`);
}

function earlyEtcd(left: readonly string[]): string[] {
  if (left.length === 0) return [];
  const named = `${left.slice(0, 4).join(', ')}${left.length > 4 ? ` and ${left.length - 4} more` : ''}`;
  return [
    `TOO EARLY for etcd: ${named} not completed. Gravity asks for nothing before etcd and takes it; nodes of the old system software then meet etcd of the new version`,
  ];
}

function quorumWarnings(etcd: Impact['etcd']): string[] {
  if (etcd === null || etcd.during >= etcd.quorum) return [];
  const { now, during, members, quorum } = etcd;
  if (now < quorum)
    return [`etcd has no quorum as it is: ${now} of ${members} members answer, ${quorum} needed`];
  return [
    `etcd loses its quorum: ${during} of ${members} members, ${quorum} needed; the cluster API goes away`,
  ];
}

/** How old what is known of etcd is, and which masters it cannot know about. */
function healthWarnings(cluster: Cluster, leaves: readonly Phase[], now: number): string[] {
  if (leaves.length === 0) return [];
  const { seconds, stale } = ageOf(cluster.sources.health, now);
  if (seconds === null) return ['health has not been read: how etcd is now is not known'];
  if (stale) return [`health is ${ago(seconds * 1000)} old: how etcd is now is not known`];
  return unreportedMasters(cluster).map(({ node, changed, read }) => {
    const when = `${node} was changed ${ago(now - changed)} ago`;
    return read === 'before'
      ? `${when}, and health is from before that (${ago(seconds * 1000)}): whether its etcd answers is not known`
      : `${when} and has not reported healthy yet`;
  });
}

function ago(ms: number): string {
  return aboutDuration(ms).replace('about ', '');
}

function agentWarnings(
  cluster: Cluster,
  agents: LeavesTouched['facts']['agents'],
  leaves: readonly Phase[],
): string[] {
  const reach = reachOf(cluster, agents);
  const missing = leaves.filter((leaf) => !reach.isLocal(leaf) && reach.hasNoAgent(leaf));
  return [...new Set(missing.map((leaf) => leaf.runsOn))].map((node) => `no update agent answers on ${node}`);
}

function serviceWarnings({ plan }: Cluster): string[] {
  const { service, name } = operationType(plan?.operation.type ?? null);
  if (service === null) return [];
  return [`${service.unit} on ${service.where} runs this ${name}: by hand beside it phases run twice`];
}

/** What the agent does not know or could not read, said rather than left out. */
export function standingWarnings(cluster: Cluster): string[] {
  const warnings: string[] = [];
  const { isLead, lead } = standing(cluster);
  if (isLead === null && lead) {
    warnings.push(`node unknown: gravity refuses what must be driven from ${lead.hostname}`);
  }
  if (cluster.sources.plan.state === 'failing') {
    warnings.push(`the plan could not be read again; its states are of ${cluster.sources.plan.lastGood}`);
  }
  const { binary } = drivingBinary(cluster);
  if (binary?.version === null) warnings.push(`the version of ${binary.path} is unknown`);
  return warnings;
}
