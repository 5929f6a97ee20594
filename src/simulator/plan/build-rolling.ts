import type { PhaseData, PhaseDocument, PlanDocument, ServerDocument } from '../plan-document.ts';
import { configUpdate } from './node-update.ts';
import { chained, group, type Leaf, leaf } from './phase.ts';
import { namesOf, type PlanRequest, planDocument, rolesOf } from './plan-request.ts';
import { locator } from './versions.ts';

/** The two operations that restart planet node by node, and what they call their steps. */
export type Rolling = {
  type: 'operation_update_environ' | 'operation_update_config';
  /** Of /update-config, of the groups, and of the group of one node. */
  words: { config: string; groups: string; node: string };
  /** Workers are left alone where only keys of the masters' own components change. */
  workers: boolean;
  /** Set when the addresses of services move: they are made anew, and new secrets with them. */
  serviceCidr?: string;
};

/** The plan of a runtime environment or cluster configuration update (operations.md 3 and 4, trees.json). */
export function buildRolling(request: PlanRequest, rolling: Rolling): PlanDocument {
  const { lead, masters, workers } = rolesOf(request.servers);
  const rolled: Rolled = { request, rolling, lead, masters };
  const updated = rolling.workers && workers.length > 0 ? [...masters, ...workers] : masters;
  const withWorkers = updated.length > masters.length;
  const phases = [
    leaf({
      id: '/update-config',
      executor: 'update-config',
      description: rolling.words.config,
      ...(rolling.serviceCidr === undefined ? {} : { requires: ['/init'] }),
      data: restartData(rolled, updated),
    }),
    mastersGroup(rolled),
    ...(withWorkers ? [workersGroup(rolled, workers)] : []),
  ];
  const all = rolling.serviceCidr === undefined ? phases : enclosed(phases, rolling.serviceCidr);
  return planDocument(request, { type: rolling.type, phases: all });
}

type Rolled = { request: PlanRequest; rolling: Rolling; lead: ServerDocument; masters: ServerDocument[] };

function mastersGroup(rolled: Rolled): PhaseDocument {
  const { masters, lead } = rolled;
  const phases = masters.map((server, index) => {
    const before = masters[index - 1];
    const steps = server === lead ? leadSteps(rolled) : masterSteps(rolled, server);
    return nodeGroup(rolled, { at: '/masters', server, before, steps });
  });
  return group({
    id: '/masters',
    description: rolled.rolling.words.groups,
    requires: ['/update-config'],
    phases,
  });
}

/** Unlike in an update each worker waits for the one before it. */
function workersGroup(rolled: Rolled, workers: readonly ServerDocument[]): PhaseDocument {
  const phases = workers.map((server, index) => {
    const steps = commonSteps(rolled, { at: '/nodes', server, from: rolled.lead });
    return nodeGroup(rolled, { at: '/nodes', server, before: workers[index - 1], steps });
  });
  return group({
    id: '/nodes',
    description: rolled.rolling.words.groups,
    requires: ['/update-config', '/masters'],
    phases,
  });
}

type NodeSteps = { at: string; server: ServerDocument; before: ServerDocument | undefined; steps: Leaf[] };

function nodeGroup({ rolling }: Rolled, { at, server, before, steps }: NodeSteps): PhaseDocument {
  return group({
    id: `${at}/${server.hostname}`,
    description: `${rolling.words.node} "${server.hostname}"`,
    ...(before === undefined ? {} : { requires: [`${at}/${before.hostname}`] }),
    phases: chained(steps),
  });
}

function leadSteps(rolled: Rolled): Leaf[] {
  const { lead, masters, rolling } = rolled;
  const others = masters.filter((server) => server !== lead);
  const [drain, restart, ...rest] = commonSteps(rolled, { at: '/masters', server: lead });
  const stepdown = election(lead, 'stepdown', {
    description: `Step down "${lead.hostname}" as Kubernetes leader`,
    status: { disable_servers: [lead] },
  });
  const elect = election(lead, 'elect', {
    description: `Make node "${lead.hostname}" Kubernetes leader`,
    status: { enable_server: [lead], disable_servers: others },
  });
  const alone = others.length === 0;
  const services = rolling.serviceCidr === undefined ? [] : [resetServices(lead, rolling.serviceCidr)];
  const steps = [
    ...(alone ? [] : [stepdown]),
    drain,
    restart,
    ...(alone ? [] : [elect]),
    ...services,
    ...rest,
  ];
  return steps.filter((step) => step !== undefined);
}

/** Here elections come last, in an update right after the restart. */
function masterSteps(rolled: Rolled, server: ServerDocument): Leaf[] {
  const enable = election(server, 'enable-elections', {
    description: `Enable leader election on node "${server.hostname}"`,
    status: { enable_server: [server] },
  });
  return [...commonSteps(rolled, { at: '/masters', server }), enable];
}

/** Masters do everything themselves; for workers the lead does, but for the restart. */
function commonSteps(
  rolled: Rolled,
  { at, server, from }: { at: string; server: ServerDocument; from?: ServerDocument },
): Leaf[] {
  const { hostname } = server;
  const data: PhaseData = { server, ...(from === undefined ? {} : { exec_server: from }) };
  const step = (name: string, description: string): Leaf => ({
    id: `${at}/${hostname}/${name}`,
    executor: name,
    description,
    data,
  });
  return [
    step('drain', `Drain node "${hostname}"`),
    {
      ...step('restart', `Restart container on node "${hostname}"`),
      data: { exec_server: server, ...restartData(rolled, [server]) },
    },
    step('taint', `Taint node "${hostname}"`),
    step('uncordon', `Uncordon node "${hostname}"`),
    step('endpoints', `Wait for endpoints on node "${hostname}"`),
    step('untaint', `Remove taint from node "${hostname}"`),
  ];
}

function election(
  server: ServerDocument,
  name: string,
  { description, status }: { description: string; status: Record<string, unknown> },
): Leaf {
  return {
    id: `/masters/${server.hostname}/${name}`,
    executor: 'elections',
    description,
    data: { server, election_status: status },
  };
}

function restartData({ request, rolling }: Rolled, servers: readonly ServerDocument[]): PhaseData {
  const { app, installed } = request.image;
  const what = { planet: installed.planet, secrets: rolling.serviceCidr !== undefined };
  const updates = servers.map((server) => configUpdate(server, what, namesOf(request)));
  return { package: locator(app.name, app.from), update: { updates } };
}

/** Services get addresses from the new range: prepared before everything, reset on the first master, tidied up last. */
function enclosed(phases: PhaseDocument[], serviceCidr: string): PhaseDocument[] {
  const data = servicesData(serviceCidr);
  const last = phases.at(-1)?.id ?? '';
  return [
    leaf({ id: '/init', executor: 'init', description: 'Init operation', data }),
    ...phases,
    leaf({ id: '/fini', executor: 'fini', description: 'Finalize operation', requires: [last], data }),
  ];
}

function resetServices(server: ServerDocument, serviceCidr: string): Leaf {
  return {
    id: `/masters/${server.hostname}/services`,
    executor: 'custom',
    description: 'Reset services',
    data: { server, ...servicesData(serviceCidr) },
  };
}

/** The suffix names the DNS services that stand in meanwhile. */
function servicesData(serviceCidr: string): PhaseData {
  return { update: { cluster_config: { service_suffix: 'x7k2', service_cidr: serviceCidr } } };
}
