import type { PhaseDocument, ServerDocument } from '../plan-document.ts';
import { nodeUpdate } from './node-update.ts';
import { chained, group, type Leaf } from './phase.ts';
import type { Step, UpdateSite } from './update-step.ts';
import { locator } from './versions.ts';

/** The group every master goes through, one after the other; the lead stays the only leader meanwhile. */
export function mastersPhase(step: Step, site: UpdateSite, requires: string[]): PhaseDocument {
  const { lead, masters } = site;
  const at = `${step.at}/masters`;
  const phases = masters.map((server, index) => {
    const before = masters[index - 1];
    const steps = stepsOf(step, site, { at, server });
    return group({
      id: `${at}/${server.hostname}`,
      description: `Update system software on master node "${server.hostname}"`,
      ...(before === undefined ? {} : { requires: [`${at}/${before.hostname}`] }),
      phases: chained(server === lead ? leadSteps(steps, lead, masters) : masterSteps(steps, server)),
    });
  });
  return group({ id: at, description: 'Update master nodes', requires, phases });
}

/** Workers have no order among themselves (recordings/plans/fresh-3m60w.json). */
export function workersPhase(step: Step, site: UpdateSite, requires: string[]): PhaseDocument {
  const at = `${step.at}/nodes`;
  const phases = site.workers.map((server) =>
    group({
      id: `${at}/${server.hostname}`,
      description: `Update system software on node "${server.hostname}"`,
      phases: chained(workerSteps(stepsOf(step, site, { at, server }))),
    }),
  );
  return group({ id: at, description: 'Update regular nodes', requires, phases });
}

type Steps = ReturnType<typeof stepsOf>;

function leadSteps(step: Steps, lead: ServerDocument, masters: readonly ServerDocument[]): Leaf[] {
  const others = masters.filter((server) => server !== lead);
  if (others.length === 0) return workerSteps(step);
  return [
    step.permissions(),
    step.election('stepdown', `Step down "${lead.hostname}" as Kubernetes leader`, {
      disable_servers: [lead],
    }),
    step.drain(),
    step.upgrade(),
    step.election('elect', `Make node "${lead.hostname}" Kubernetes leader`, {
      enable_server: [lead],
      disable_servers: others,
    }),
    step.health(),
    step.taint(),
    step.uncordon(),
    step.untaint(),
  ];
}

function masterSteps(step: Steps, server: ServerDocument): Leaf[] {
  const enabled = step.election('elect', `Enable leader election on node "${server.hostname}"`, {
    enable_server: [server],
  });
  const [drain, upgrade, ...rest] = workerSteps(step);
  return [drain, upgrade, enabled, ...rest].filter((one) => one !== undefined);
}

function workerSteps(step: Steps): Leaf[] {
  return [
    step.drain(),
    step.upgrade(),
    step.health(),
    step.taint(),
    step.uncordon(),
    step.endpoints(),
    step.untaint(),
  ];
}

/** The steps of one server: what is about it and what runs on the lead (operations.md). */
function stepsOf(
  step: Step,
  { lead, names }: UpdateSite,
  { at, server }: { at: string; server: ServerDocument },
) {
  const { hostname } = server;
  const about = (name: string, executor: string, description: string): Leaf => ({
    id: `${at}/${hostname}/${name}`,
    executor,
    description,
    data: { server },
  });
  const fromLead = (name: string, executor: string, description: string): Leaf => ({
    ...about(name, executor, description),
    data: { server, exec_server: lead },
  });
  return {
    permissions: () =>
      about('kubelet-permissions', 'kubelet_permissions', `Add permissions to kubelet on "${hostname}"`),
    election: (name: string, description: string, status: Record<string, unknown>): Leaf => ({
      ...about(name, 'election_status', description),
      data: { server, election_status: status },
    }),
    drain: () => fromLead('drain', 'drain_node', `Drain node "${hostname}"`),
    upgrade: (): Leaf => ({
      ...about('system-upgrade', 'update_system', `Update system software on node "${hostname}"`),
      data: {
        exec_server: server,
        update: {
          updates: [nodeUpdate(server, step, names)],
          changeset_id: `1d0f9e5e-2f0e-4b43-8f6c-${String(step.number).padStart(12, '0')}`,
          gravity_package: locator('gravity', step.to.gravity),
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
