import type { PhaseDocument, ServerDocument } from '../plan-document.ts';
import { nodeUpdate, type PlanNames } from './node-update.ts';
import { chained, group, type Leaf } from './phase.ts';
import { locator, VERSIONS } from './versions.ts';

/** The group every master goes through, one after the other; the lead stays the only leader meanwhile. */
export function mastersPhase(masters: readonly ServerDocument[], names: PlanNames): PhaseDocument {
  const [lead, ...others] = masters;
  if (lead === undefined) throw new Error('a cluster without masters has no update plan');
  const first = nodeGroup('/masters', lead, leadSteps(lead, others, names));
  const rest = others.map((server, index) => {
    const before = `/masters/${masters[index]?.hostname}`;
    return { ...nodeGroup('/masters', server, masterSteps(server, lead, names)), requires: [before] };
  });
  const phases = [first, ...rest.map(({ requires, ...phase }) => inOrder(phase, requires))];
  return group({ id: '/masters', description: 'Update master nodes', requires: ['/coredns'], phases });
}

/** Workers have no order among themselves (recordings/plans/fresh-3m60w.json). */
export function workersPhase(
  workers: readonly ServerDocument[],
  lead: ServerDocument,
  names: PlanNames,
): PhaseDocument {
  const phases = workers.map((server) => nodeGroup('/nodes', server, workerSteps(server, lead, names)));
  return group({ id: '/nodes', description: 'Update regular nodes', requires: ['/masters'], phases });
}

function nodeGroup(parent: string, server: ServerDocument, steps: Leaf[]): PhaseDocument {
  const kind = parent === '/masters' ? 'master node' : 'node';
  return group({
    id: `${parent}/${server.hostname}`,
    description: `Update system software on ${kind} "${server.hostname}"`,
    phases: chained(steps),
  });
}

/** `requires` stands before `parallel` in gravity's key order. */
function inOrder({ parallel, updated, ...phase }: PhaseDocument, requires: string[]): PhaseDocument {
  return { ...phase, requires, parallel, updated };
}

function leadSteps(lead: ServerDocument, others: readonly ServerDocument[], names: PlanNames): Leaf[] {
  const step = stepOf('/masters', lead, lead);
  if (others.length === 0) {
    return [
      step.drain(),
      step.upgrade(names),
      step.health(),
      step.taint(),
      step.uncordon(),
      step.endpoints(),
      step.untaint(),
    ];
  }
  const enable = { enable_server: [lead], disable_servers: others };
  return [
    step.about(
      'kubelet-permissions',
      'kubelet_permissions',
      `Add permissions to kubelet on "${lead.hostname}"`,
    ),
    step.election('stepdown', `Step down "${lead.hostname}" as Kubernetes leader`, {
      disable_servers: [lead],
    }),
    step.drain(),
    step.upgrade(names),
    step.election('elect', `Make node "${lead.hostname}" Kubernetes leader`, enable),
    step.health(),
    step.taint(),
    step.uncordon(),
    step.untaint(),
  ];
}

function masterSteps(server: ServerDocument, lead: ServerDocument, names: PlanNames): Leaf[] {
  const step = stepOf('/masters', server, lead);
  const enabled = step.election('elect', `Enable leader election on node "${server.hostname}"`, {
    enable_server: [server],
  });
  return [
    step.drain(),
    step.upgrade(names),
    enabled,
    step.health(),
    step.taint(),
    step.uncordon(),
    step.endpoints(),
    step.untaint(),
  ];
}

function workerSteps(server: ServerDocument, lead: ServerDocument, names: PlanNames): Leaf[] {
  const step = stepOf('/nodes', server, lead);
  return [
    step.drain(),
    step.upgrade(names),
    step.health(),
    step.taint(),
    step.uncordon(),
    step.endpoints(),
    step.untaint(),
  ];
}

/** The steps of one server: what is about it and what runs on the lead (operations.md). */
function stepOf(parent: string, server: ServerDocument, lead: ServerDocument) {
  const { hostname } = server;
  const id = (name: string): string => `${parent}/${hostname}/${name}`;
  const about = (name: string, executor: string, description: string): Leaf => ({
    id: id(name),
    executor,
    description,
    data: { server },
  });
  const fromLead = (name: string, executor: string, description: string): Leaf => ({
    ...about(name, executor, description),
    data: { server, exec_server: lead },
  });
  return {
    about,
    election: (name: string, description: string, status: Record<string, unknown>): Leaf => ({
      ...about(name, 'election_status', description),
      data: { server, election_status: status },
    }),
    drain: () => fromLead('drain', 'drain_node', `Drain node "${hostname}"`),
    upgrade: (names: PlanNames): Leaf => ({
      id: id('system-upgrade'),
      executor: 'update_system',
      description: `Update system software on node "${hostname}"`,
      data: {
        exec_server: server,
        update: {
          updates: [nodeUpdate(server, names)],
          changeset_id: '1d0f9e5e-2f0e-4b43-8f6c-000000000002',
          gravity_package: locator('gravity', VERSIONS.gravity),
        },
      },
    }),
    health: () => about('health', 'node_health', `Health check node "${hostname}"`),
    taint: () => fromLead('taint', 'taint_node', `Taint node "${hostname}"`),
    uncordon: () => fromLead('uncordon', 'uncordon_node', `Uncordon node "${hostname}"`),
    endpoints: () => fromLead('endpoints', 'endpoints', `Wait for DNS/cluster endpoints on "${hostname}"`),
    untaint: () => fromLead('untaint', 'untaint_node', `Remove taint from node "${hostname}"`),
  };
}
