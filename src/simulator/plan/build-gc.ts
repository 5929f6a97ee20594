import type { PhaseDocument, PlanDocument, ServerDocument } from '../plan-document.ts';
import { chained, group, leaf, perServer } from './phase.ts';
import { type PlanRequest, planDocument, rolesOf } from './plan-request.ts';

/** The plan of a garbage collection; its groups do not wait for each other (recordings/plans/fresh-gc-3m2w.json). */
export function buildGc(request: PlanRequest): PlanDocument {
  const { servers } = request;
  const { masters } = rolesOf(servers);
  const phases = [registries(masters), packages(servers), journals(servers)];
  return planDocument(request, { type: 'operation_gc', phases, dns: { addrs: null, port: 0 } });
}

/** One registry after the other, so that one always answers. */
function registries(masters: readonly ServerDocument[]): PhaseDocument {
  const phases = chained(
    masters.map((server) => ({
      id: `/registry/${server.hostname}`,
      description: `Prune unused docker images on node "${server.hostname}"`,
      data: { server },
    })),
  );
  return group({ id: '/registry', description: 'Prune unused docker images', phases });
}

function packages(servers: readonly ServerDocument[]): PhaseDocument {
  const cluster = leaf({
    id: '/packages/cluster',
    description: 'Prune unused cluster packages',
    data: { garbage_collect: {} },
  });
  const nodes = perServer(servers, (server) => ({
    id: `/packages/${server.hostname}`,
    description: `Prune unused packages on node "${server.hostname}"`,
    data: { server },
  }));
  return group({ id: '/packages', description: 'Prune unused packages', phases: [cluster, ...nodes] });
}

function journals(servers: readonly ServerDocument[]): PhaseDocument {
  const phases = perServer(servers, (server) => ({
    id: `/journal/${server.hostname}`,
    description: `Prune journal directories on node "${server.hostname}"`,
    data: { server },
  }));
  return group({ id: '/journal', description: 'Prune obsolete systemd journal directories', phases });
}
