import type { Locator, PhaseDocument, ServerDocument } from '../plan-document.ts';
import type { Versioned } from './image.ts';
import { type Move, nodeUpdate } from './node-update.ts';
import { chained, group, leaf, perServer } from './phase.ts';
import type { PlanNames } from './plan-request.ts';
import { etcdPhase } from './update-etcd.ts';
import { mastersPhase, workersPhase } from './update-nodes.ts';
import { locator } from './versions.ts';

/** The cluster an update runs on. */
export type UpdateSite = {
  lead: ServerDocument;
  masters: ServerDocument[];
  workers: ServerDocument[];
  names: PlanNames;
  packages: { package: Locator; installed_package: Locator };
  openebs: boolean;
};

/** From one runtime to the next. `at`: the group its phases stand in, '' for none. */
export type Step = Move & {
  at: string;
  intermediate: boolean;
  /** Which of the plan's system updates it is. */
  number: number;
};

/**
 * The phases that bring a runtime to all nodes (operations.md 2.1 and 2.4). Each requires the one before it, only etcd
 * nothing: other nodes may not have heard of the one before when etcd goes down.
 */
export function stepPhases(step: Step, site: UpdateSite, first?: string[]): PhaseDocument[] {
  const phases: PhaseDocument[] = [];
  const then = (make: (requires: string[]) => PhaseDocument): void => {
    phases.push(make([phases.at(-1)?.id ?? '']));
  };
  phases.push(bootstrap(step, site, first));
  if (!step.intermediate) {
    if (secured(site).length > 0) then((requires) => selinux(step, site, requires));
    then((requires) => coredns(step, site, requires));
  }
  then((requires) => mastersPhase(step, site, requires));
  if (site.workers.length > 0) then((requires) => workersPhase(step, site, requires));
  if (step.from.etcd !== step.to.etcd) phases.push(etcdPhase(step, site.masters));
  then((requires) => config(step, site, requires));
  if (site.openebs && !step.intermediate) then((requires) => openebs(step, site, requires));
  then((requires) => runtime(step, requires));
  return phases;
}

/** System applications whose version is another one afterwards. */
export function changedApps({ from, to }: Move): Versioned[] {
  const before = new Map(from.apps.map(({ name, version }) => [name, version]));
  return to.apps.filter(({ name, version }) => before.get(name) !== version);
}

function bootstrap(
  step: Step,
  { lead, names, packages, ...site }: UpdateSite,
  requires?: string[],
): PhaseDocument {
  const servers = [...site.masters, ...site.workers];
  const phases = perServer(servers, (server) => ({
    id: `${step.at}/bootstrap/${server.hostname}`,
    executor: server === lead ? 'update_bootstrap_leader' : 'update_bootstrap',
    description: `Bootstrap node "${server.hostname}"`,
    data: {
      exec_server: server,
      ...packages,
      update: {
        updates: (server === lead ? servers : [server]).map((each) => nodeUpdate(each, step, names)),
        ...(step.intermediate ? { version: step.to.gravity } : {}),
        gravity_package: locator('gravity', step.to.gravity),
      },
    },
  }));
  return group({
    id: `${step.at}/bootstrap`,
    description: 'Bootstrap update operation on nodes',
    ...(requires === undefined ? {} : { requires }),
    phases,
  });
}

function secured({ masters, workers }: UpdateSite): ServerDocument[] {
  return [...masters, ...workers].filter((server) => server['selinux'] === true);
}

/** Only nodes that run with SELinux. */
function selinux(step: Step, site: UpdateSite, requires: string[]): PhaseDocument {
  const phases = perServer(secured(site), (server) => ({
    id: `${step.at}/selinux-bootstrap/${server.hostname}`,
    executor: 'bootstrap_selinux',
    description: `Configure SELinux on node "${server.hostname}"`,
    data: {
      exec_server: server,
      ...site.packages,
      update: { updates: [nodeUpdate(server, step, site.names)] },
    },
  }));
  return group({
    id: `${step.at}/selinux-bootstrap`,
    description: 'Configure SELinux on nodes',
    requires,
    phases,
  });
}

function coredns({ at }: Step, { lead }: UpdateSite, requires: string[]): PhaseDocument {
  return leaf({
    id: `${at}/coredns`,
    executor: 'coredns',
    description: 'Provision CoreDNS resources',
    requires,
    data: { server: lead },
  });
}

function config({ at }: Step, { masters }: UpdateSite, requires: string[]): PhaseDocument {
  const phases = perServer(masters, (server) => ({
    id: `${at}/config/${server.hostname}`,
    executor: 'config',
    description: `Update system configuration on node "${server.hostname}"`,
    data: { server },
  }));
  return group({ id: `${at}/config`, description: 'Update system configuration on nodes', requires, phases });
}

function openebs({ at }: Step, { lead }: UpdateSite, requires: string[]): PhaseDocument {
  return leaf({
    id: `${at}/openebs`,
    executor: 'openebs',
    description: 'Create OpenEBS configuration',
    requires,
    data: { exec_server: lead },
  });
}

function runtime(step: Step, requires: string[]): PhaseDocument {
  const phases = chained(
    changedApps(step).map(({ name, version }) => ({
      id: `${step.at}/runtime/${name}`,
      executor: 'update_app',
      description: `Update system application "${name}" to ${version}`,
      data: { package: locator(name, version) },
    })),
  );
  return group({ id: `${step.at}/runtime`, description: 'Update application runtime', requires, phases });
}
