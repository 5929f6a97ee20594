import { newHealthAgent } from '../health/health-agent.ts';
import { healthRound } from '../health/health-round.ts';
import { recordElection } from '../health/timeline.ts';
import { VERSIONS } from '../plan/versions.ts';
import type { PlanDocument } from '../plan-document.ts';
import type { OperationRecord, World } from '../world.ts';
import type { Cluster, HealthView } from './cluster.ts';
import { newNode } from './cluster-node.ts';
import { followJoin } from './follow-join.ts';
import { followProgress } from './follow-progress.ts';
import { followWork } from './follow-work.ts';
import { setSoftware } from './node-software.ts';
import { obstacleOf } from './obstacles.ts';
import { runShrink } from './run-shrink.ts';
import { ordinarySituation } from './situation.ts';

const DAY = 24 * 3600 * 1000;

/** What is collected before anything is. */
const UNSEEN: HealthView = { at: 0, status: null, summary: null, nodes: [] };

/** Puts nodes, health and history around a world. `host` is where the doors stand: the lead master when not given. */
export function createCluster(world: World, host?: string): Cluster {
  const { plan } = world;
  const [first] = plan.servers;
  const lead = plan.lead_master ?? first;
  const situation = ordinarySituation();
  const cluster: Cluster = {
    world,
    name: plan.cluster_name,
    application: applicationOf(plan),
    gravityVersion: plan.gravity_package.version || VERSIONS.gravity,
    token: 'f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0',
    installed: installation(world.operation.created),
    nodes: new Map(plan.servers.map((server) => [server.hostname, newNode(server)])),
    host: host ?? lead?.hostname ?? '',
    siteAnswers: () => situation.site && world.etcdAnswers(),
    situation,
    etcdDown: false,
    leader: '',
    agents: new Map(),
    lives: new Set(),
    get health() {
      return cluster.agents.get(cluster.host)?.view ?? UNSEEN;
    },
    get history() {
      return cluster.agents.get(cluster.host)?.timeline ?? [];
    },
    alerts: [],
    heldPods: new Set(),
    cordoned: new Map(),
    locks: [],
    resumeUnit: null,
  };
  world.etcdAnswers = () => etcdAnswers(cluster);
  for (const [hostname, node] of cluster.nodes)
    cluster.agents.set(hostname, newHealthAgent(node, cluster.name));
  setSoftware(cluster);
  recordElection(cluster, lead?.advertise_ip ?? '');
  world.obstacle = (phase) => obstacleOf(cluster, phase);
  followWork(cluster);
  followProgress(cluster);
  followJoin(cluster);
  // It has been up for long: all agents have looked and heard of each other.
  healthRound(cluster);
  if (world.operation.type === 'operation_shrink') void runShrink(cluster);
  return cluster;
}

/** While most masters run it, it answers. */
function etcdAnswers({ nodes, etcdDown }: Cluster): boolean {
  const masters = [...nodes.values()].filter(({ role }) => role === 'master');
  const running = masters.filter(({ up, planet, etcdStopped }) => up && planet === 'up' && !etcdStopped);
  return !etcdDown && running.length * 2 > masters.length;
}

/** What the plan updates, from the first phase that names both versions. */
function applicationOf(plan: PlanDocument): Cluster['application'] {
  const text = JSON.stringify(plan.phases);
  const found =
    /"package":\{"repository":"[^"]*","name":"([^"]*)","version":"([^"]*)"\},"installed_package":\{"repository":"[^"]*","name":"[^"]*","version":"([^"]*)"/.exec(
      text,
    );
  const [, name = VERSIONS.app.name, to = VERSIONS.app.from, from = VERSIONS.app.from] = found ?? [];
  return { name, from, to };
}

function installation(before: number): OperationRecord {
  const created = before - 90 * DAY;
  return {
    id: '0a1b2c3d-0000-4000-8000-000000000001',
    type: 'operation_install',
    state: 'completed',
    created,
    progress: { message: 'Operation has completed', completion: 100, created: created + 11 * 60 * 1000 },
  };
}
