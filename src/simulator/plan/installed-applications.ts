import type { PhaseDocument } from '../plan-document.ts';
import type { Image, Versioned } from './image.ts';
import { type InstallSite, onMaster } from './install-phases.ts';
import { group } from './phase.ts';
import { locator } from './versions.ts';

type Part = { id: string; title: string; each: string; step: number; after: string };

const RUNTIME: Part = {
  id: '/runtime',
  title: 'Install system applications',
  each: 'Install system application',
  step: 5,
  after: '/rbac',
};
const IMAGE: Part = {
  id: '/app',
  title: 'Install user application',
  each: 'Install application',
  step: 6,
  after: '/runtime',
};

/** Roles were already set up by /rbac; what the image consists of follows the runtime. */
export function installedApplications(site: InstallSite, image: Image): PhaseDocument[] {
  const runtime = image.installed.apps.filter(({ name }) => name !== 'rbac-app');
  return [installed(site, RUNTIME, runtime), installed(site, IMAGE, image.parts)];
}

/** Each leaf requires what its group requires: they run in their order, and none needs the one before it. */
function installed(
  site: InstallSite,
  { id, title, each, step, after }: Part,
  apps: readonly Versioned[],
): PhaseDocument {
  const requires = [after];
  const phases = apps.map(({ name, version }) =>
    onMaster(site, {
      id: `${id}/${name}`,
      description: `${each} ${name}:${version}`,
      step,
      requires,
      data: { package: locator(name, version), service_user: site.serviceUser },
    }),
  );
  return group({ id, description: title, step, requires, phases });
}
