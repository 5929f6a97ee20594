import { gravityPath } from './gravity-path.ts';
import { next } from './next.ts';
import { probeCauses } from './probes.ts';
import { type RefusalRow, refusalReason } from './refusal.ts';
import { told } from './told.ts';

/** What `gravity upgrade` refuses to begin (commands.md 3.2). */
const rows: readonly RefusalRow[] = [
  {
    id: 'upgrade.degraded',
    says: /upgrade is prohibited because some cluster nodes are currently degraded|failed to start upgrade operation/,
    answer: ({ asked, said, words }) => {
      const sick =
        asked.cluster.status?.nodes?.filter(
          ({ state, failed }) => state !== 'healthy' || failed.length > 0,
        ) ?? [];
      // The error itself is the same for warnings: what it is about is told on standard output.
      const isTold = /prohibited/.test(words[0]);
      if (!isTold && (sick.length === 0 || /active warnings/.test(words.input ?? ''))) return null;
      const causes = sick.slice(0, 3).flatMap(({ hostname, state, failed }) => {
        const probes = probeCauses(asked, hostname);
        const plain = told(
          asked,
          'status',
          `${hostname} is ${state}${failed.length > 0 ? `: ${failed.slice(0, 2).join('; ')}` : ''}`,
        );
        return probes.length > 0 ? probes : [plain];
      });
      return {
        question: 'Why does the upgrade not begin?',
        causes: [said, ...causes],
        next:
          sick.length === 0 && asked.cluster.status !== null
            ? next.hand('every node is healthy by now: start the upgrade again', './gravity upgrade')
            : next.hand(
                'mend what the failed probes name: --force does not help here',
                `${gravityPath(asked.cluster)} status`,
              ),
        after: 'then start the upgrade again, with the gravity of the new image',
      };
    },
  },
  {
    id: 'upgrade.warnings',
    says: /active warnings|failed to start upgrade operation/,
    answer: ({ asked, said }) => {
      const warned = asked.cluster.status?.nodes?.filter(({ warnings }) => warnings.length > 0) ?? [];
      return {
        question: 'Why does the upgrade not begin?',
        causes: [
          said,
          ...warned
            .slice(0, 3)
            .map(({ hostname, warnings }) =>
              told(asked, 'status', `${hostname}: ${warnings.slice(0, 2).join('; ')}`),
            ),
        ],
        next: next.hand(
          'mend what the warnings name; where they may stay, start it over them',
          `${gravityPath(asked.cluster)} status`,
          './gravity upgrade --force',
        ),
        after: null,
      };
    },
  },
  {
    id: 'upgrade.not-active',
    says: /can only be triggered for active clusters/,
    answer: ({ asked, said, again }) => {
      const state = asked.cluster.status?.state ?? 'in a state not read';
      const question = 'Why does the upgrade not begin?';
      if (state === 'active')
        return {
          question,
          causes: [said, told(asked, 'status', 'the cluster is active by now')],
          next: next.hand('start the upgrade again', './gravity upgrade'),
          after: null,
        };
      const inner = again({ phase: null, refusal: null });
      return {
        question,
        causes: [said, told(asked, 'status', `the cluster is ${state}`), ...inner.causes],
        next: inner.next,
        after: inner.after ?? 'once that operation is closed, start the upgrade again',
      };
    },
  },
  {
    id: 'upgrade.previous',
    says: /previous upgrade|last upgrade operation|neither completed nor (fully )?rolled back/,
    answer: ({ said, again }) => {
      const inner = again({ phase: null, refusal: null });
      return {
        question: 'Why does the upgrade not begin?',
        causes: [said, ...inner.causes],
        next:
          inner.next.what === 'wait'
            ? next.action('roll the previous upgrade back', 'operation.rollback')
            : inner.next,
        after:
          'the previous upgrade is finished or rolled back first; over a half one only with --force, which leaves mixed versions',
      };
    },
  },
  {
    id: 'upgrade.downgrade',
    says: /Downgrade between Gravity versions (.*?) is not allowed/,
    answer: ({ asked, said }) => ({
      question: 'Why is this image refused?',
      causes: [said, told(asked, 'status', installed(asked.cluster))],
      next: next.hand(
        'take an image of a newer version: the way back is a rollback, and only while the upgrade is open',
        'tar tf IMAGE.tar',
      ),
      after: null,
    }),
  },
  {
    id: 'upgrade.intermediate',
    says: /only supported if cluster image includes the following intermediate runtimes:?\s*([^\n]*)/,
    answer: ({ asked, said, words: [, runtimes = ''] }) => ({
      question: 'Why is this image refused?',
      causes: [said, told(asked, 'status', installed(asked.cluster))],
      next: next.hand(
        `rebuild the image with the runtimes in between (${runtimes.trim() || 'as named'}), or upgrade to an image of one of them first`,
        'tele build app.yaml --upgrade-via=VERSION',
      ),
      after: 'then start the upgrade with that image',
    }),
  },
  {
    id: 'upgrade.unsupported',
    says: /[Uu]pgrade .*is unsupported|upgrade path .*unsupported/,
    answer: ({ asked, said }) => ({
      question: 'Why is this image refused?',
      causes: [said, told(asked, 'status', installed(asked.cluster))],
      next: next.hand(
        'take an image whose version can be reached from the installed one, in several steps if need be',
      ),
      after: null,
    }),
  },
  {
    id: 'upgrade.other-application',
    says: /invalid upgrade image|is installed,? .*(image|application)/,
    answer: ({ asked, said }) => ({
      question: 'Why is this image refused?',
      causes: [said, told(asked, 'status', installed(asked.cluster))],
      next: next.hand(
        'take an image of the application that is installed',
        `${gravityPath(asked.cluster)} status`,
      ),
      after: null,
    }),
  },
  {
    id: 'upgrade.latest',
    says: /is already (at )?the latest version/,
    answer: ({ asked, said }) => ({
      question: 'Why does the upgrade not begin?',
      causes: [said, told(asked, 'status', installed(asked.cluster))],
      next: next.hand('upload the new image first, from its unpacked directory', './upload'),
      after: 'then ./gravity upgrade there',
    }),
  },
  {
    id: 'upgrade.teleport',
    says: /Teleport is unavailable on the following cluster nodes: ([^\n.]*)|failed to dial node|nodes? .*remote access/,
    answer: ({ asked, said, words: [, names = ''] }) => {
      const first = names.split(/,\s*/)[0]?.trim() ?? '';
      const off =
        asked.cluster.status?.nodes
          ?.filter(({ access }) => access === 'offline')
          .map(({ hostname }) => hostname) ?? [];
      const seen =
        off.length > 0
          ? `no remote access: ${off.slice(0, 6).join(', ')}`
          : 'every node has remote access by now';
      return {
        question: 'Why do the update agents not get to every node?',
        causes: [said, told(asked, 'status', seen)],
        next: next.hand(
          `on ${first === '' ? 'those nodes' : first}, bring the machine or its teleport back: agents are deployed through it`,
          "systemctl restart 'gravity__gravitational.io__teleport*'",
          "journalctl -u 'gravity__gravitational.io__teleport*' --no-pager -n 50",
          `${gravityPath(asked.cluster)} status`,
        ),
        after:
          'when every node has remote access, deploy the agents (agent.deploy) or start the upgrade again',
      };
    },
  },
  {
    id: 'upgrade.application-layer',
    says: /tiller|runtime environment .*(invalid|not supported|validation)|failed to validate.*environment/i,
    answer: ({ asked, said }) => ({
      question: 'Why does the upgrade not begin?',
      causes: [said, told(asked, 'gravity', 'the application’s layer is checked before anything is touched')],
      next: next.hand(
        'mend what it names; where it is known to be harmless, start the upgrade over it',
        `${gravityPath(asked.cluster)} exec kubectl --namespace=kube-system get pods --selector=name=tiller`,
        `${gravityPath(asked.cluster)} resource get runtimeenvironment`,
        './gravity upgrade --force',
      ),
      after: null,
    }),
  },
];

export const upgradeReasons = rows.map(refusalReason);

function installed({
  status,
}: {
  status: { image: { name: string; version: string } | null } | null;
}): string {
  const image = status?.image ?? null;
  return image === null
    ? 'which image is installed is not known'
    : `installed is ${image.name} ${image.version}`;
}
