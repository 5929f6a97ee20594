import type { PlanDocument } from '../plan-document.ts';
import { buildUpdate } from './build-update.ts';
import { IMAGES } from './image.ts';
import { type ClusterSize, clusterServers, installedAt } from './servers.ts';

export type UpdatePlanOptions = ClusterSize & { operationId: string; cluster: string; createdMs: number };

/**
 * The plan gravity's builder makes for a direct update with a runtime and etcd change, equal to
 * recordings/plans/fresh-1m, -3m, -3m2w and -3m60w.
 */
export function updatePlan({ masters, workers, ...options }: UpdatePlanOptions): PlanDocument {
  const servers = clusterServers({ masters, workers }, installedAt(options.createdMs));
  return buildUpdate({ ...options, servers, image: IMAGES.direct });
}
