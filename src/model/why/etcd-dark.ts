import type { Cause } from '../../protocol/why.ts';
import { type EtcdOutlook, etcdOutlook } from '../etcd-quorum.ts';
import { aboutFailure, executeAgain, stepAgain } from './failure-words.ts';
import { gravityPath } from './gravity-path.ts';
import { next } from './next.ts';
import type { Answer } from './reason.ts';
import type { Refused } from './refusal.ts';
import { told } from './told.ts';

/**
 * With etcd's quorum gone the API is gone: what helps is what brings members back, never a command that asks the API
 * (engine.md 10: API or etcd down between shutdown and restart).
 */
export function etcdDark(refused: Refused): Answer {
  const { asked } = refused;
  const etcd = etcdOutlook(asked.cluster, [], 'execute');
  const count =
    etcd === null
      ? 'how many members of etcd answer is unknown'
      : `${etcd.now} of ${etcd.members} members of etcd answer, ${etcd.quorum} must`;
  const seen = told(asked, 'health', count);
  return byThePlan(refused, seen) ?? backAgain(refused, { seen, etcd }) ?? membersDown(refused, seen);
}

/** The plan itself shut it down, and its later phases start it again. */
function byThePlan(refused: Refused, seen: Cause): Answer | null {
  const { asked, said } = refused;
  const done = (kind: string) =>
    asked.cluster.plan?.phases.filter((each) => each.kind === kind && each.state === 'completed').length ?? 0;
  const [stopped, restarted] = [done('etcd_shutdown'), done('etcd_restart')];
  if (stopped <= restarted) return null;
  const text = `the plan itself shut etcd down on ${stopped} masters, and has started it again on ${restarted}`;
  return {
    ...aboutFailure(refused),
    causes: [said, seen, told(asked, 'plan', text)],
    next: next.action('go on with the phases of etcd: they bring it back, and need no API', 'operation.step'),
    after: 'until etcd is back, use neither status nor resource',
  };
}

function backAgain(
  refused: Refused,
  { seen, etcd }: { seen: Cause; etcd: EtcdOutlook | null },
): Answer | null {
  const { phase, said } = refused;
  if (etcd === null || etcd.now < etcd.quorum) return null;
  if (phase !== null && phase.state !== 'completed') return executeAgain(refused, [seen]);
  const step = next.wait('try again: etcd answers now');
  return { ...aboutFailure(refused), causes: [said, seen], next: step, after: null };
}

function membersDown(refused: Refused, seen: Cause): Answer {
  const { asked, said, phase } = refused;
  const { health } = asked.cluster;
  const sick = health?.nodes.filter(({ state, role }) => role === 'master' && state !== 'healthy') ?? [];
  const gravity = gravityPath(asked.cluster);
  return {
    ...aboutFailure(refused),
    causes: [
      said,
      seen,
      ...sick.slice(0, 3).map(({ name, state }) => told(asked, 'health', `${name} is ${state}`)),
    ],
    next: next.hand(
      'on each master that is down, bring planet and etcd back',
      "systemctl status 'gravity__gravitational.io__planet*'",
      `${gravity} exec etcdctl cluster-health`,
      `${gravity} exec systemctl status etcd`,
    ),
    after: phase === null ? 'then try again' : stepAgain(phase.id),
  };
}
