import { phaseKindRow as row } from '../phase-kind.ts';
import { updateKinds } from './update.ts';

const { drain_node, taint_node, uncordon_node, untaint_node, election_status, update_system } = updateKinds;

/** Executors of environment and configuration updates (operations.md 3 and 4). */
export const environKinds = {
  'update-config': row({
    runbook: 'update-config',
    checks: ['etcd', 'nodes', 'system-pods', 'status'],
    does: 'write the new environment or configuration',
    undoes: 'deletes the generated packages and puts the previous one back',
    p50: 5,
    p90: 10,
  }),
  drain: drain_node,
  taint: taint_node,
  uncordon: uncordon_node,
  untaint: untaint_node,
  elections: election_status,
  restart: row({
    ...update_system,
    runbook: 'restart-planet',
    checks: ['nodes', 'etcd', 'status', 'units', 'log'],
    does: 'restart planet with the new configuration and wait for it',
    undoes: 'restores the previous configuration, restarts planet and waits',
    changes: null,
    p50: 120,
    p90: 180,
    fails: ['node is degraded', 'unit failed to start'],
  }),
  custom: row({
    runbook: 'services',
    checks: ['endpoints', 'system-pods', 'nodes', 'etcd'],
    does: 'reset services for the new service network',
    undoes: 'removes the DNS services',
    p50: 5,
    p90: 20,
  }),
  fini: row({
    runbook: 'services',
    checks: ['endpoints', 'system-pods', 'nodes', 'etcd'],
    does: 'finish the operation',
    p50: 5,
    p90: 20,
  }),
};
