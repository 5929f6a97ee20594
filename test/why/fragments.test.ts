import { expect, test } from 'vitest';
import { whyOf } from '../../src/model/why/why.ts';
import { clusterWith, now, recordedPlan } from '../actions/a-cluster.ts';

const cluster = clusterWith(recordedPlan('plans/midway-3m2w.json'));

/**
 * Every refusal the pages quote, in gravity's words, and the row that answers it. What stands in the state is asked in
 * the stories; here it is only that no quoted refusal is left without a row.
 */
const quoted: readonly (readonly [section: string, sentence: string, row: string])[] = [
  ['engine 2', 'missing PhaseID', 'execute.no-phase-given'],
  ['engine 2', 'phase "/nowhere" not found', 'execute.not-found'],
  [
    'engine 2',
    'phase "/nodes/worker-1/drain" is in progress, use --force flag to force execution',
    'execute.in-progress',
  ],
  ['engine 2', 'required phase "/masters" is not completed', 'execute.requires'],
  [
    'engine 2',
    'cannot use force with composite phase "/init", please only use --force on a single phase',
    'execute.force-group',
  ],
  [
    'engine 2',
    'no agent is running on node worker-1/192.168.1.101, please execute phase "/init/worker-1" locally on that node',
    'execute.no-agent',
  ],
  ['engine 2', 'Plan must be resumed on node master-1/192.168.1.11', 'resume.elsewhere'],
  ['engine 3', 'phase "/app" hasn\'t been executed yet', 'rollback.unstarted'],
  ['engine 3', 'phase "/app" has already been rolled back', 'rollback.already'],
  [
    'engine 3',
    'rolling back phases that have sub-phases is not supported. Please rollback individual phases',
    'rollback.group',
  ],
  [
    'engine 3',
    "Phase /checks cannot be rolled back because some phases that depend on it haven't been rolled back yet.",
    'rollback.dependents',
  ],
  ['engine 3', 'operation type "operation_gc" does not support plan rollback', 'rollback.type'],
  [
    'observed 4',
    'Node worker-1 does not appear to have an upgrade agent running so phase "/init/worker-1" rollback cannot be performed remotely',
    'rollback.no-agent',
  ],
  ['observed 5', 'Operation "garbage collect" does not support automatic rollback.', 'rollback.type'],
  ['observed 5', 'Operation has been cancelled by user.', 'rollback.unanswered'],
  ['observed 5', 'EOF', 'rollback.unanswered'],
  ['observed 6', 'service gravity-resume.service is already running', 'resume.running'],
  ['observed 6', 'failed to start service gravity-agent.service: exit status 5', 'resume.installer'],
  [
    'observed 6',
    'failed to execute phase "/masters" required phase "/init" is not completed',
    'execute.requires',
  ],
  ['observed 7', 'no active operation found', 'operation.none'],
  [
    'observed 2',
    'failed to execute command [plan execute --phase /init/worker-1 --operation-id X]: [ERROR]: phase "/init/worker-1" is in progress, use --force flag to force execution',
    'execute.in-progress',
  ],
  [
    'commands 2',
    'no operation found. This usually means that the installation/join operation has failed to start',
    'operation.none',
  ],
  [
    'commands 2',
    'operation(update(X), cluster=demo) is invalid. This usually means that the operation has failed to initialize properly.',
    'operation.without-plan',
  ],
  [
    'commands 2',
    'cannot display plan for "shrink" operation as it does not support plans',
    'operation.without-steps',
  ],
  [
    'commands 3.2',
    'The upgrade is prohibited because some cluster nodes are currently degraded.',
    'upgrade.degraded',
  ],
  [
    'commands 3.2',
    'Some cluster nodes have active warnings: You can provide the --force flag',
    'upgrade.warnings',
  ],
  [
    'commands 3.2',
    'update can only be triggered for active clusters. This cluster is currently updating.',
    'upgrade.not-active',
  ],
  [
    'commands 3.2',
    'previous upgrade operation X was neither completed nor fully rolled back',
    'upgrade.previous',
  ],
  [
    'commands 3.2',
    'Downgrade between Gravity versions 7.0.41 and 6.1.30 is not allowed.',
    'upgrade.downgrade',
  ],
  [
    'commands 3.2',
    'Upgrade between Gravity versions 5.2.1 and 7.0.41 is unsupported.',
    'upgrade.unsupported',
  ],
  [
    'commands 3.2',
    'Upgrade between Gravity versions 5.5.60 and 7.0.41 is only supported if cluster image includes the following intermediate runtimes: 6.1.30',
    'upgrade.intermediate',
  ],
  ['commands 3.2', 'invalid upgrade image "billing": "shop" is installed', 'upgrade.other-application'],
  [
    'commands 3.2',
    'Current operation plan should be executed with the gravity binary of version "7.0.41" while this binary is of version "7.0.12".',
    'binary.other',
  ],
  ['commands 3.2', 'this operation can only be executed on one of the master nodes', 'place.not-a-master'],
  ['commands 3.2', 'Teleport is unavailable on the following cluster nodes: worker-1.', 'upgrade.teleport'],
  ['commands 3.2', 'failed to connect to tiller: context deadline exceeded', 'upgrade.application-layer'],
  ['commands 3.2', 'failed to validate runtime environment: unknown variable', 'upgrade.application-layer'],
  ['commands 1', 'this command should be run as root', 'place.not-root'],
  ['commands 1', 'must be run outside of planet container', 'place.inside-planet'],
  ['engine 9', 'the cluster is updating', 'lock.cluster-busy'],
  ['engine 9', 'cannot expand updating cluster', 'lock.cluster-busy'],
  ['engine 9', 'at most 4 nodes can be joining simultaneously', 'lock.joins-full'],
  [
    'engine 9',
    "can't launch another expand while master node 192.168.1.14 is joining",
    'lock.masters-join-alone',
  ],
  ['engine 9', "can't join master node while another node is joining", 'lock.masters-join-alone'],
  ['engine 9', 'cluster is degraded', 'lock.cluster-degraded'],
  [
    'engine 9',
    'database /var/lib/gravity/site/update/gravity.db is locked, is another instance running?',
    'lock.database',
  ],
  ['engine 10', 'node is degraded', 'failed.health'],
  ['engine 10', 'write /var/lib/gravity: no space left on device', 'failed.disk-full'],
  ['ours', 'phase "/init" is already completed: nothing would run', 'execute.completed'],
  ['ours', 'every leaf is completed: nothing is left to step', 'execute.completed'],
  ['ours', '"/init" is a group: a step runs one leaf', 'execute.group-step'],
  ['ours', 'the plan must be driven with gravity 7.0.41, and /usr/bin/gravity is 7.0.12', 'binary.other'],
  ['ours', 'Plan must be resumed on node master-1/192.168.1.11: this is master-2', 'resume.elsewhere'],
  ['ours', 'no gravity binary was found', 'binary.none'],
  [
    'ours',
    'the operation is being resumed already (run r1): service gravity-resume.service is already running',
    'resume.running',
  ],
  ['ours', 'this agent is read-only', 'place.read-only'],
  [
    'ours',
    '"/init" is a group: its state is computed from its leaves, and a state set on it is ignored',
    'set.unknown-state',
  ],
];

test.each(quoted)('%s: %s', (_section, refusal, row) => {
  const why = whyOf({ cluster, question: { phase: null, refusal }, facts: { now } });
  expect(why.id).toBe(row);
  expect(why.causes.map(({ text }) => text)).toContain(refusal);
});

test('what nobody wrote down is said to be unknown, and where to look', () => {
  const why = whyOf({
    cluster,
    question: { phase: null, refusal: 'colourless green ideas' },
    facts: { now },
  });
  expect(why).toMatchObject({ id: 'unknown', next: { what: 'hand' } });
  expect(why.causes[0]?.text).toContain('not known');
});
