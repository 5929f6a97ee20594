import type { PhaseDocument, PlanDocument } from '../plan-document.ts';
import { type InstallSite, onMaster, pullPhase, systemPhase } from './install-phases.ts';
import { group, leaf } from './phase.ts';
import { type PlanRequest, planDocument, rolesOf } from './plan-request.ts';
import { locator } from './versions.ts';

/** The plan of a new advertise address for a cluster of one node (operations.md 9, trees.json reconfigure-single-node). */
export function buildReconfigure(
  request: PlanRequest,
  serviceUser: InstallSite['serviceUser'],
): PlanDocument {
  const { image, servers } = request;
  const { lead } = rolesOf(servers);
  const { gravity, teleport, planet } = image.installed;
  const site: InstallSite = {
    master: lead,
    servers,
    app: locator(image.app.name, image.app.from),
    gravity,
    teleport,
    planet,
    serviceUser,
  };
  const phases = [...software(site), ...cluster(site), ...restarts(site)];
  return planDocument(request, { type: 'operation_reconfigure', phases });
}

/** What an installation does too; only that has steps. */
function software(site: InstallSite): PhaseDocument[] {
  return [
    unnumbered(site, '/interfaces', 'Clean up old network interfaces'),
    unnumbered(site, '/local-packages', 'Clean up packages in the local state'),
    unnumbered(site, '/checks', 'Execute pre-flight checks'),
    leaf({
      id: '/configure',
      description: 'Configure packages for all nodes',
      step: 3,
      data: { install: {} },
    }),
    pullPhase(site, ['/configure']),
    systemPhase(site, 'masters'),
    onMaster(site, {
      id: '/wait',
      description: 'Wait for Kubernetes to become available',
      requires: ['/masters'],
    }),
    onMaster(site, { id: '/health', description: 'Wait for cluster to pass health checks' }),
  ];
}

function cluster(site: InstallSite): PhaseDocument[] {
  return [
    unnumbered(site, '/etcd', 'Update etcd member peer advertise URL'),
    unnumbered(site, '/state', 'Update cluster state'),
    unnumbered(site, '/tokens', 'Clean up old Kubernetes service account tokens'),
    onMaster(site, { id: '/coredns', description: 'Configure CoreDNS', requires: ['/wait'] }),
    unnumbered(site, '/node', 'Clean up old Kubernetes node'),
    unnumbered(site, '/directories', 'Clean up local directories'),
    unnumbered(site, '/pods', 'Clean up old Kubernetes pods'),
  ];
}

function restarts(site: InstallSite): PhaseDocument[] {
  return [
    group({
      id: '/restart',
      description: 'Restart Gravity services',
      phases: [
        unnumbered(site, '/restart/teleport', 'Restart Teleport'),
        unnumbered(site, '/restart/planet', 'Restart Planet'),
      ],
    }),
    unnumbered(site, '/gravity', 'Wait for Gravity to become available'),
    unnumbered(site, '/cluster-packages', 'Clean up packages in the cluster state'),
  ];
}

function unnumbered(site: InstallSite, id: string, description: string): PhaseDocument {
  return onMaster(site, { id, description, step: 0 });
}
