import type { Status, StatusNode } from '../../src/protocol/status.ts';

/** A status of an active cluster with the nodes n1, n2 … in these states. */
export function aStatus(states: readonly StatusNode['state'][]): Status {
  return {
    cluster: 'demo',
    state: 'active',
    reason: null,
    image: null,
    cloudProvider: null,
    clientVersion: null,
    serverVersion: null,
    systemStatus: 'running',
    operation: null,
    activeOperations: [],
    endpoints: { authGateway: [], ui: [] },
    nodes: states.map((state, index) => ({
      hostname: `n${index + 1}`,
      ip: `10.0.0.${index + 1}`,
      role: 'master',
      profile: null,
      state,
      failed: [],
      warnings: [],
      access: 'online',
    })) as StatusNode[],
    alerts: [],
    localChecks: [],
  };
}
