import { isClosed, meantOperation } from '../active-operation.ts';
import { operationName } from '../operation-name.ts';
import { standing } from '../place.ts';
import { agentMissing, asInstaller } from './as-installer.ts';
import { binaryHelp } from './binary-help.ts';
import { gravityPath } from './gravity-path.ts';
import { next } from './next.ts';
import { type RefusalRow, refusalReason } from './refusal.ts';
import { told } from './told.ts';

/** What is refused because of the operation, the place or the program, whatever the phase (engine-observed 6 to 8). */
const rows: readonly RefusalRow[] = [
  {
    id: 'resume.elsewhere',
    says: /Plan must be resumed on node (\S+?)(?:\/(\S+?))?(?::|$|\s)/,
    answer: ({ asked, said, words: [, host = '', ip] }) => {
      const { here } = standing(asked.cluster);
      return {
        question: 'Why is the plan not driven from here?',
        causes: [
          said,
          told(
            asked,
            'plan',
            `its lead master is ${host}, and this is ${here ?? 'another node'}: the plan’s database there has the last word`,
          ),
        ],
        next: next.hand(
          `go to ${host} and drive from there`,
          `tsh ssh root@${host}`,
          `ssh root@${ip ?? host}`,
          'gravity-console',
        ),
        after: 'there, step or resume',
      };
    },
  },
  {
    id: 'resume.running',
    says: /gravity-resume\.service is already running|the operation is being resumed already \(run (\S+)\)/,
    answer: ({ asked, said, again }) => {
      const inner = again({ phase: null, refusal: null });
      return {
        question: 'Why can the plan not be resumed?',
        causes: [said, told(asked, 'agent', 'one resume at a time: it is at work already'), ...inner.causes],
        next: next.wait('wait and watch: it goes on by itself'),
        after:
          'if its leaf does not move, ask why of the leaf; to stop it, interrupt its run, or: systemctl stop gravity-resume.service',
      };
    },
  },
  {
    id: 'resume.installer',
    says: /failed to start service gravity-(agent|resume)\.service|System has not been booted with systemd/,
    answer: ({ asked, said }) => {
      const missing = agentMissing(asked);
      if (missing !== null) return asInstaller(asked, said, missing);
      return {
        question: 'Why did resume not start?',
        causes: [
          said,
          told(
            asked,
            'gravity',
            'resume without --block starts a unit from /usr/local/bin/gravity-upgrade-agent; without that file or systemd it takes the operation for an installation',
          ),
        ],
        next: next.hand(
          'resume in the foreground, in a terminal that stays (tmux)',
          `${gravityPath(asked.cluster)} plan resume --block`,
        ),
        after: 'deploying the update agents puts the file back: agent.deploy',
      };
    },
  },
  {
    id: 'operation.none',
    says: /no active operation found|no operation found|no operation with ID \S+ found|there is no operation in progress/,
    answer: ({ asked, said, again }) => {
      const meant = meantOperation(asked.cluster);
      const question = 'Why is there no operation to work on?';
      if (meant !== null && !isClosed(meant)) {
        const inner = again({ phase: null, refusal: null });
        return {
          question,
          causes: [
            said,
            told(asked, 'plan', `there is one by now: the ${operationName(meant.type)}`),
            ...inner.causes,
          ],
          next: inner.next,
          after: inner.after,
        };
      }
      const cause =
        meant === null
          ? 'no operation is known'
          : `the ${operationName(meant.type)} is completed: only completed ends an operation`;
      return {
        question,
        causes: [said, told(asked, 'status', cause)],
        next: next.wait('nothing: there is nothing to execute, resume, roll back or complete'),
        after: 'a new upgrade begins with the new image: gravity upgrade',
      };
    },
  },
  {
    id: 'operation.without-plan',
    says: /is invalid[.]?\s+This usually means that the operation has failed to initialize|operation has no plan|operation\(.*\) is invalid/,
    answer: ({ asked, said }) => ({
      question: 'Why is there an operation and no plan?',
      causes: [
        said,
        told(
          asked,
          'operations',
          'the operation was created and making its plan failed: nothing of it was run',
        ),
      ],
      next: next.action(
        'close it: it is marked as failed, and the cluster is active again',
        'operation.complete',
      ),
      after: 'start the operation again',
    }),
  },
  {
    id: 'operation.without-steps',
    says: /cannot display plan for "([^"]*)" operation|operation type "([^"]*)" does not support (plan execution|plan resume|setting phase state)/,
    answer: ({ asked, said, words: [, word, type] }) => {
      const name = word ?? operationName(type ?? null);
      return {
        question: `Why is the ${name} not stepped?`,
        causes: [
          said,
          told(asked, 'gravity', 'gravity runs it to its end by itself: it has no plan to drive'),
        ],
        next: next.wait('wait and watch its progress in status'),
        after:
          'if it failed half-way, repeat the command that began it; if it stands still, close it: operation.complete',
      };
    },
  },
  {
    id: 'binary.other',
    says: /executed with the gravity binary of version "([^"]*)"|the plan must be driven with gravity (\S+?), and/,
    answer: ({ asked, said, words: [, quoted, plain] }) => {
      const help = binaryHelp(asked, quoted ?? plain ?? 'of the plan');
      return {
        question: 'Why does this gravity not drive the plan?',
        ...help,
        causes: [said, ...help.causes],
      };
    },
  },
  {
    id: 'binary.none',
    says: /no gravity binary was found|gravity could not be started/,
    answer: ({ asked, said }) => {
      const help = binaryHelp(asked, asked.cluster.plan?.operation.gravityVersion ?? 'of the cluster');
      return { question: 'Why can no gravity be run?', ...help, causes: [said, ...help.causes] };
    },
  },
  {
    id: 'place.not-a-master',
    says: /can only be executed on one of the master nodes/,
    answer: ({ asked, said }) => {
      const servers = asked.cluster.plan?.servers ?? [];
      const master =
        asked.cluster.plan?.operation.leadMaster?.hostname ??
        servers.find(({ role }) => role === 'master')?.hostname;
      return {
        question: 'Why not from this node?',
        causes: [said, told(asked, 'plan', `this is ${asked.cluster.place.node ?? 'a node'} and no master`)],
        next: next.hand(`go to ${master ?? 'a master'}`, `tsh ssh root@${master ?? 'MASTER'}`),
        after: 'give the command there',
      };
    },
  },
  {
    id: 'place.inside-planet',
    says: /must be run outside of planet container/,
    answer: ({ said }) => ({
      question: 'Why not in here?',
      causes: [said],
      next: next.hand('leave gravity shell and give the command on the host', 'exit'),
      after: null,
    }),
  },
  {
    id: 'place.not-root',
    says: /this command should be run as root|gravity\.db: permission denied/,
    answer: ({ asked, said }) => ({
      question: 'Why is the command refused?',
      causes: [said, told(asked, 'agent', 'gravity’s local state belongs to root')],
      next: next.hand('run the agent, or the command, as root', 'sudo gravity-console'),
      after: null,
    }),
  },
  {
    id: 'place.read-only',
    says: /this agent is read-only|this is a replay of what was recorded/,
    answer: ({ said }) => ({
      question: 'Why can nothing be changed from here?',
      causes: [said],
      next: next.hand('use an agent that may change things: one without --read-only, on the cluster itself'),
      after: null,
    }),
  },
  {
    id: 'set.unknown-state',
    says: /unknown state "([^"]*)"|is a group: its state is computed from its leaves/,
    answer: ({ asked, said, phase }) => {
      const leaf = asked.cluster.plan?.phases.find(
        (each) => each.leaf && each.id.startsWith(phase?.id ?? '/'),
      );
      return {
        question: 'Why was no state written?',
        causes: [
          said,
          told(
            asked,
            'plan',
            'only a leaf has a state of its own: unstarted, in_progress, completed, failed or rolled_back',
          ),
        ],
        next: next.hand(
          `set a leaf, and only to what is true of it, ${leaf === undefined ? 'one by one' : `such as ${leaf.id}`}: phase.set`,
        ),
        after: null,
      };
    },
  },
];

export const operationReasons = rows.map(refusalReason);
