import { etcdDark } from './etcd-dark.ts';
import { aboutFailure, executeAgain, failedOn, stepAgain } from './failure-words.ts';
import { gravityPath } from './gravity-path.ts';
import { lookFirst } from './in-progress.ts';
import { next } from './next.ts';
import { nodeNamed } from './node-trouble.ts';
import { probeCauses } from './probes.ts';
import { type RefusalRow, refusalReason } from './refusal.ts';
import { told } from './told.ts';

/** What makes phases fail in practice (engine.md 10), by what the phase recorded. */
const rows: readonly RefusalRow[] = [
  {
    id: 'failed.disk-full',
    says: /no space left on device/,
    answer: (refused) => {
      const { asked, phase } = refused;
      const node = failedOn(refused);
      const probe = nodeNamed(asked, node)?.probes.find(
        ({ checker, state }) => /disk/.test(checker) && state === 'failed',
      );
      const isFull = probe !== undefined && probe.severity !== 'warning';
      const seen = told(
        asked,
        'health',
        isFull ? `${node}: ${probe.text}` : `${node}: its disk is no longer reported full`,
      );
      if (!isFull && asked.cluster.health !== null) return executeAgain(refused, [seen]);
      return {
        ...aboutFailure(refused),
        causes: [
          refused.said,
          seen,
          told(asked, 'gravity', 'gravity gc is refused while an operation is on: room is made by hand'),
        ],
        next: next.hand(
          `on ${node}, free space below /var/lib/gravity`,
          'df -h /var/lib/gravity',
          'du -xh --max-depth=2 /var/lib/gravity | sort -h | tail -n 20',
          'journalctl --vacuum-size=200M',
        ),
        after: stepAgain(phase?.id),
      };
    },
  },
  {
    id: 'failed.health',
    says: /node is degraded|node .* is not healthy/,
    answer: (refused) => {
      const { asked, phase } = refused;
      const node = failedOn(refused);
      const found = probeCauses(asked, node);
      if (found.length === 0 && nodeNamed(asked, node)?.state === 'healthy')
        return executeAgain(refused, [told(asked, 'health', `${node} is healthy now`)]);
      return {
        ...aboutFailure(refused),
        causes: [refused.said, ...found],
        next: next.hand(
          `on ${node}, mend what the failed probes name`,
          `${gravityPath(asked.cluster)} status`,
          "systemctl status 'gravity__gravitational.io__planet*'",
          `${gravityPath(asked.cluster)} exec journalctl --no-pager -n 100`,
        ),
        after: stepAgain(phase?.id),
      };
    },
  },
  {
    id: 'failed.etcd-dark',
    says: /etcd (cluster )?is unavailable|etcd cluster is down|etcd did not come up|etcd.*connection refused|error #0: (dial|client)/,
    answer: (refused) => etcdDark(refused),
  },
  {
    id: 'failed.checks',
    says: /[Tt]he following checks failed|checks? (have )?failed/,
    answer: (refused) => ({
      ...aboutFailure(refused),
      causes: [
        refused.said,
        told(
          refused.asked,
          'gravity',
          'the list above is what the new version demands of the nodes: --force skips requirements, not the checks',
        ),
      ],
      next: next.hand(
        'mend what the list names, on the nodes it names',
        `${gravityPath(refused.asked.cluster)} plan`,
        'tail -n 100 /var/log/gravity-system.log',
      ),
      after: stepAgain(refused.phase?.id),
    }),
  },
  {
    id: 'failed.hook',
    says: /hook.*(failed|deadline)|job.*(deadline exceeded|failed)|BackoffLimitExceeded/i,
    answer: (refused) => {
      const kubectl = `${gravityPath(refused.asked.cluster)} exec kubectl --namespace=kube-system`;
      return {
        ...aboutFailure(refused),
        causes: [
          refused.said,
          told(
            refused.asked,
            'gravity',
            'a hook is a job of the application: its log tells more than the plan does',
          ),
        ],
        next: next.hand(
          'read the job’s log, and mend what it says; hooks are run again from their beginning',
          `${kubectl} get jobs,pods`,
          `${kubectl} logs --tail=100 job/NAME`,
        ),
        after: stepAgain(refused.phase?.id),
      };
    },
  },
  {
    id: 'failed.election',
    says: /leader resolution timeout|setting leader election|no leader/,
    answer: (refused) => {
      const { asked, phase } = refused;
      return {
        ...aboutFailure(refused),
        causes: [
          refused.said,
          told(
            asked,
            'plan',
            'an election left half-way lets no master lead, and without a leader the cluster’s API has no address',
          ),
        ],
        next: next.action('run the election again: it may be repeated', 'operation.step', {
          phase: phase?.id,
        }),
        after: 'if it fails again, roll it back: phase.rollback',
      };
    },
  },
  {
    id: 'failed.endpoints',
    says: /no active endpoints found/,
    answer: (refused) => {
      const kubectl = `${gravityPath(refused.asked.cluster)} exec kubectl --namespace=kube-system`;
      return {
        ...aboutFailure(refused),
        causes: [refused.said, ...probeCauses(refused.asked, failedOn(refused))],
        next: next.hand(
          'look why gravity-site and DNS have no pod ready on the node',
          `${kubectl} get pods --output=wide`,
          `${kubectl} get endpoints gravity-site`,
        ),
        after: stepAgain(refused.phase?.id),
      };
    },
  },
  {
    id: 'failed.unit',
    says: /unit \S+ (did not start|failed)|failed to start|exit status 1\b.*(planet|teleport)/,
    answer: (refused) => ({
      ...aboutFailure(refused),
      causes: [refused.said, ...probeCauses(refused.asked, failedOn(refused))],
      next: next.hand(
        `on ${failedOn(refused)}, look why the unit does not start`,
        "systemctl status 'gravity__gravitational.io__planet*'",
        "journalctl -u 'gravity__gravitational.io__planet*' --no-pager -n 100",
      ),
      after: `${stepAgain(refused.phase?.id)}; or roll it back: phase.rollback`,
    }),
  },
  {
    id: 'failed.connection-lost',
    says: /transport is closing|code = Unavailable|signal: killed/,
    answer: (refused) => {
      const { phase, asked } = refused;
      if (phase === null || phase.state === 'in_progress') return null;
      // The process died on its node, which wrote nothing any more: the phase is in progress there (nodes-facts 5.2).
      if (phase.state === 'failed' && /signal: killed/.test(refused.said.text))
        return {
          ...aboutFailure(refused),
          causes: [
            refused.said,
            told(asked, 'gravity', 'a phase whose gravity was killed stays in progress on its node'),
          ],
          ...lookFirst(asked, phase),
        };
      const found = refused.again({ phase: phase.id, refusal: null });
      if (found.id === 'failed.connection-lost') return executeAgain(refused, []);
      return {
        ...aboutFailure(refused),
        causes: [refused.said, ...found.causes],
        next: found.next,
        after: found.after,
      };
    },
  },
  {
    id: 'api.dark',
    says: /failed to resolve (gravity-site|leader\.telekube)|connection to the server .* was refused|failed to connect to etcd|failed to fetch cluster status/,
    answer: (refused) => etcdDark(refused),
  },
];

export const failureReasons = rows.map(refusalReason);
