import type { HistoryEvent, Probe } from '../../src/simulator/cluster/cluster.ts';
import type { Fault } from '../../src/simulator/fault.ts';
import { healthRound } from '../../src/simulator/health/health-round.ts';
import type { PhaseDocument, PlanDocument } from '../../src/simulator/plan-document.ts';
import { RECORDED_ALERTS } from './recorded-alerts.ts';
import { type RecordedCommand, recordedCommands } from './recorded-command.ts';
import { recordedPlan, untouchedPlan } from './recorded-plan.ts';
import { openStage, type Stage, type Told } from './stage.ts';
import { RECORDED_VERSION } from './story.ts';

/** A machine and a cluster on which some of the commands of recordings/cli were given. */
export type Setting = {
  title: string;
  /** The names of its commands in recordings/cli/INDEX.tsv. */
  names: RegExp;
  plan?(): PlanDocument;
  situations?: readonly string[];
  opening?(stage: Stage): void;
  before?: Readonly<Record<string, (stage: Stage) => void>>;
};

const begun = (): PlanDocument => untouchedPlan('cli/plan-json.stdout');

const disk: Probe = {
  checker: 'disk-space',
  detail: 'disk utilization on /var/lib/gravity exceeds 80% (81% used)',
  status: 'failed',
  severity: 'warning',
};
const docker: Probe = { checker: 'docker', status: 'failed', error: 'healthz check failed' };
const kubelet: Probe = {
  checker: 'kubelet',
  status: 'failed',
  error: 'Get http://127.0.0.1:10248/healthz: dial tcp 127.0.0.1:10248: connect: connection refused',
};

const probes =
  (host: string, failed: readonly Probe[]) =>
  ({ cluster }: Stage): void => {
    for (const probe of failed) cluster.nodes.get(host)?.probes.set(probe.checker, probe);
    healthRound(cluster);
  };

const alerts = ({ cluster }: Stage): void => {
  cluster.alerts.push(...RECORDED_ALERTS);
};

const SITE = 'gravity-site.kube-system.svc.cluster.local:3009';
const unresolved = (path: string): string =>
  `Get "https://${SITE}/pack/v1/repositories/${path}/0.0.1/envelope": failed to resolve ${SITE}\n` +
  '\tread udp 127.0.0.1:1->127.0.0.2:53: read: connection refused';
const credentials: Fault = {
  messages: ['failed to update RPC credentials'],
  original: unresolved('gravitational.io/packages/rpcagent-secrets'),
};

export const SETTINGS: readonly Setting[] = [
  {
    title: 'an update that has just begun',
    names:
      /^(plan-(text|short|json|yaml|default|display|badformat|bad-opid|dryrun)|status-(json|text)-upgrade-healthy|status-(quiet|token|op-id|bad|tail)|exec-|rollback-).*(?<!percent|real-failure)$/,
    before: { 'exec-remote-noagent': ({ cluster }) => cluster.world.agentsDown.add('worker-1') },
  },
  {
    title: 'an update on a node with a warning',
    names: /^status-(json|text)-upgrade-warning$/,
    opening: probes('worker-2', [disk]),
  },
  {
    title: 'an update on a degraded node',
    names: /^status-(json|text)-upgrade-degraded$/,
    opening: probes('worker-1', [docker, kubelet, disk]),
  },
  {
    title: 'a cluster with a past',
    names: /^status-history(-empty)?$/,
    opening: ({ cluster }) => cluster.agents.get('master-1')?.timeline.splice(0, 99, ...past()),
    before: { 'status-history-empty': ({ cluster }) => cluster.agents.get('master-1')?.timeline.splice(0) },
  },
  {
    title: 'phases that run as they are, without an API of the cluster',
    names: /^(real-|.*-after-real-failure|lock-status)/,
    opening: ({ cluster }) =>
      cluster.world.arranged.set('/init/master-1', {
        execute: credentials,
        rollback: { messages: [], original: unresolved('demo.example.com/packages/rpcagent-secrets-backup') },
      }),
  },
  {
    title: 'a cluster at rest',
    names: /^(active-|status-.*-active-healthy)/,
    situations: ['idle'],
    opening: alerts,
  },
  {
    title: 'a cluster at rest with a degraded node',
    names: /^status-.*-active-degraded/,
    situations: ['idle'],
    opening: (stage) => {
      alerts(stage);
      probes('worker-1', [docker, kubelet, disk])(stage);
    },
  },
  {
    title: 'a cluster at rest of which a node is not heard',
    names: /^status-.*-active-offline/,
    situations: ['idle'],
    opening: (stage) => {
      alerts(stage);
      const agent = stage.cluster.agents.get('worker-2');
      if (agent !== undefined) Object.assign(agent, { process: 'stopped', member: 'failed' });
      healthRound(stage.cluster);
    },
  },
  {
    title: 'health agents that are down',
    names: /^satdown-/,
    situations: ['idle', 'health-down'],
    opening: alerts,
  },
  { title: 'somebody who is not root', names: /^nonroot-/, situations: ['not-root'] },
  { title: 'a machine of no cluster', names: /^bare-/, situations: ['bare'] },
  {
    title: 'an error with percent signs in it',
    names: /^plan-json-percent$/,
    plan: () => withPercent(recordedPlan('cli/plan-json-percent.stdout')),
  },
];

/** The cluster of a setting, with everything missing that was missing where the commands were recorded. */
export async function openSetting({ plan = begun, situations = [], opening }: Setting): Promise<Stage> {
  const stage = await openStage({ plan: plan(), situations: ['recorded', ...situations] });
  stage.cluster.gravityVersion = RECORDED_VERSION;
  opening?.(stage);
  return stage;
}

/** The commands of recordings/cli that were given in a setting, in their order. */
export function commandsIn({ names }: Setting): RecordedCommand[] {
  return recordedCommands('cli').filter(({ name }) => names.test(name));
}

/** Gives one of them, after what was arranged for it. */
export function give({ before = {} }: Setting, stage: Stage, { name, argv }: RecordedCommand): Promise<Told> {
  before[name]?.(stage);
  return stage.gravity(argv);
}

function past(): HistoryEvent[] {
  const at = (time: string): number => Date.parse(`2026-11-22T${time}Z`);
  const node = 'worker-1';
  return [
    { at: at('08:00:01'), kind: 'NodeAdded', data: { node: 'master-1' } },
    { at: at('08:00:02'), kind: 'LeaderElected', data: { new: '192.168.1.11' } },
    { at: at('08:00:05'), kind: 'ClusterHealthy', data: {} },
    { at: at('09:10:00'), kind: 'ProbeFailed', data: { node, probe: 'docker' } },
    { at: at('09:10:00'), kind: 'NodeDegraded', data: { node } },
    { at: at('09:10:01'), kind: 'ClusterDegraded', data: {} },
    { at: at('09:12:00'), kind: 'ProbeSucceeded', data: { node, probe: 'docker' } },
    { at: at('09:12:00'), kind: 'NodeHealthy', data: { node } },
    { at: at('09:12:01'), kind: 'ClusterHealthy', data: {} },
    { at: at('09:20:00'), kind: 'LeaderElected', data: { prev: '192.168.1.11', new: '192.168.1.12' } },
    { at: at('09:30:00'), kind: 'NodeRemoved', data: { node: 'worker-3' } },
  ];
}

/** recordings/cli/INDEX.tsv tells what the error said before it was mangled. */
function withPercent(plan: PlanDocument): PlanDocument {
  const repaired = (phase: PhaseDocument): PhaseDocument => ({
    ...phase,
    ...(phase.phases === undefined ? {} : { phases: phase.phases.map(repaired) }),
    ...(phase.error === undefined
      ? {}
      : { error: { ...phase.error, error: { message: 'disk 100% full, 40% loss %d %s' } } }),
  });
  return { ...plan, phases: plan.phases.map(repaired) };
}
