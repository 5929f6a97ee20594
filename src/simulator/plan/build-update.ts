import type { PhaseDocument, PlanDocument, ServerDocument } from '../plan-document.ts';
import type { Image, Release } from './image.ts';
import { nodeUpdate } from './node-update.ts';
import { group, leaf, perServer } from './phase.ts';
import { namesOf, type PlanRequest, planDocument, rolesOf } from './plan-request.ts';
import { changedApps, type Step, stepPhases, type UpdateSite } from './update-step.ts';
import { locator } from './versions.ts';

/**
 * The plan of an update: of the application alone, of the runtime too, and over runtimes in between (operations.md 2,
 * trees.json update-*, recordings/plans/fresh-*, recordings/engine/random/plan-app-only-3m.json).
 */
export function buildUpdate(request: PlanRequest): PlanDocument {
  const { image, servers } = request;
  const { lead, masters, workers } = rolesOf(servers);
  const { app } = image;
  const site: UpdateSite = {
    lead,
    masters,
    workers,
    names: namesOf(request),
    packages: { package: locator(app.name, app.to), installed_package: locator(app.name, app.from) },
    openebs: image.openebs,
  };
  const phases = changesRuntime(image) ? wholeUpdate(request, site) : applicationUpdate(request, site);
  return planDocument(request, {
    type: 'operation_update',
    phases,
    lead,
    gravity: image.target.gravity,
  });
}

function changesRuntime({ installed, via, target }: Image): boolean {
  return via.length > 0 || changedApps({ from: installed, to: target }).length > 0;
}

function applicationUpdate({ servers, image }: PlanRequest, site: UpdateSite): PhaseDocument[] {
  return [checks(site), preUpdate(site, ['/checks']), applications(image, '/pre-update'), cleanUp(servers)];
}

function wholeUpdate({ servers, image }: PlanRequest, site: UpdateSite): PhaseDocument[] {
  const steps = stepsOf(image);
  const [first] = steps;
  if (first === undefined) throw new Error('an update of the runtime has at least one step');
  const runtimes =
    image.via.length === 0
      ? inlined(first, site)
      : steps.flatMap((step, at) => hop(step, site, steps[at - 1]));
  const last = runtimes.at(-1)?.id ?? '/pre-update';
  return [
    initialize(first, site, servers),
    checks(site, ['/init']),
    preUpdate(site, ['/init', '/checks']),
    ...runtimes,
    migration(image, site, last),
    applications(image, '/migration'),
    cleanUp(servers),
  ];
}

/** From runtime to runtime; only the last step is the image's own. */
function stepsOf({ installed, via, target }: Image): Step[] {
  const releases: Release[] = [installed, ...via, target];
  return releases.slice(1).map((to, index): Step => {
    const from = releases[index] ?? installed;
    const last = index === via.length;
    const at = via.length === 0 ? '' : last ? '/target' : `/${to.gravity}`;
    return { at, from, to, intermediate: !last, number: index + 2 };
  });
}

function inlined(step: Step, site: UpdateSite): PhaseDocument[] {
  return stepPhases(step, site, ['/checks', '/pre-update']);
}

/** A group of its own per runtime, without a description (trees.json update-multihop). */
function hop(step: Step, site: UpdateSite, before: Step | undefined): PhaseDocument[] {
  const requires = before === undefined ? ['/checks', '/pre-update'] : [before.at];
  return [group({ id: step.at, requires, phases: stepPhases(step, site) })];
}

function initialize(
  step: Step,
  { lead, names, packages }: UpdateSite,
  servers: readonly ServerDocument[],
): PhaseDocument {
  const phases = perServer(servers, (server) => ({
    id: `/init/${server.hostname}`,
    executor: server === lead ? 'update_init_leader' : 'update_init',
    description: `Initialize node "${server.hostname}"`,
    data: {
      exec_server: server,
      ...(server === lead ? packages : {}),
      update: { updates: [nodeUpdate(server, step, names)] },
    },
  }));
  return group({ id: '/init', description: 'Initialize update operation', phases });
}

function checks({ packages }: UpdateSite, requires?: string[]): PhaseDocument {
  return leaf({
    id: '/checks',
    executor: 'update_checks',
    description: 'Run preflight checks',
    ...(requires === undefined ? {} : { requires }),
    data: packages,
  });
}

function preUpdate({ packages }: UpdateSite, requires: string[]): PhaseDocument {
  return leaf({
    id: '/pre-update',
    executor: 'pre_update',
    description: 'Run pre-update application hook',
    requires,
    data: { package: packages.package },
  });
}

/** Labels always; links and roles only where they are still in the old form (operations.md 2.1). */
function migration({ migrates }: Image, { lead }: UpdateSite, before: string): PhaseDocument {
  const links = leaf({
    id: '/migration/links',
    executor: 'links',
    description: 'Migrate remote Gravity Hub links to trusted clusters',
  });
  const labels = leaf({ id: '/migration/labels', executor: 'labels', description: 'Update node labels' });
  const roles = leaf({
    id: '/migration/roles',
    executor: 'roles',
    description: 'Migrate cluster roles to a new format',
    data: { exec_server: lead },
  });
  return group({
    id: '/migration',
    description: 'Perform system database migration',
    requires: [before],
    phases: [...(migrates.links ? [links] : []), labels, ...(migrates.roles ? [roles] : [])],
  });
}

function applications({ parts }: Image, before: string): PhaseDocument {
  const phases = parts.map(({ name, version }) =>
    leaf({
      id: `/app/${name}`,
      executor: 'update_app',
      description: `Update application "${name}" to ${version}`,
      data: { package: locator(name, version) },
    }),
  );
  return group({ id: '/app', description: 'Update installed application', requires: [before], phases });
}

function cleanUp(servers: readonly ServerDocument[]): PhaseDocument {
  const phases = perServer(servers, (server) => ({
    id: `/gc/${server.hostname}`,
    executor: 'cleanup_node',
    description: `Clean up node "${server.hostname}"`,
    data: { server },
  }));
  return group({ id: '/gc', description: 'Run cleanup tasks', requires: ['/app'], phases });
}
