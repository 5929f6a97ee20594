/**
 * One thing an operator looks at when a phase is in question. `words` are those after `gravity`, with NODE for the
 * Kubernetes name of the node the phase is about. What runs in planet (`gravity exec`, commands.md 5) runs in that of
 * the machine the agent is on: `sees` says whether the answer is about the whole cluster or about that machine alone.
 */
export type PhaseCheck = {
  label: string;
  /** What its answer tells, to follow a colon: no capital, no full stop. */
  tells: string;
  words: readonly string[];
  sees: 'cluster' | 'this node';
};

const kubectl = ['exec', 'kubectl'];

/** Every check there is; nothing that changes anything may stand here, and a test holds the words to a list. */
export const phaseChecks = {
  pods: {
    label: 'pods on the node',
    tells: 'what still runs on the node, and what is on its way out',
    words: [...kubectl, 'get', 'pods', '--all-namespaces', '--field-selector=spec.nodeName=NODE'],
    sees: 'cluster',
  },
  budgets: {
    label: 'disruption budgets',
    tells: 'which budget allows no pod to go',
    words: [...kubectl, 'get', 'poddisruptionbudgets', '--all-namespaces'],
    sees: 'cluster',
  },
  nodes: {
    label: 'nodes',
    tells: 'which node is ready, cordoned, and of which version',
    words: [...kubectl, 'get', 'nodes', '--output=wide'],
    sees: 'cluster',
  },
  taints: {
    label: 'taints',
    tells: 'which node takes no pods, and why',
    words: [
      ...kubectl,
      'get',
      'nodes',
      '--output=custom-columns=NODE:.metadata.name,UNSCHEDULABLE:.spec.unschedulable,TAINTS:.spec.taints[*].key',
    ],
    sees: 'cluster',
  },
  events: {
    label: 'events',
    tells: 'what Kubernetes says has happened in the last hour, newest last',
    // Kubernetes’ own columns leave no room for what is said.
    words: [
      ...kubectl,
      'get',
      'events',
      '--all-namespaces',
      '--sort-by=.lastTimestamp',
      '--output=custom-columns=LAST:.lastTimestamp,OBJECT:.involvedObject.name,MESSAGE:.message',
    ],
    sees: 'cluster',
  },
  jobs: {
    label: 'hook jobs',
    tells: 'which hook’s job did not complete',
    words: [...kubectl, 'get', 'jobs', '--namespace=kube-system'],
    sees: 'cluster',
  },
  'system-pods': {
    label: 'system pods',
    tells: 'whether DNS, gravity-site and the others run, and where',
    words: [...kubectl, 'get', 'pods', '--namespace=kube-system', '--output=wide'],
    sees: 'cluster',
  },
  endpoints: {
    label: 'endpoints',
    tells: 'which addresses stand behind the system’s services',
    words: [...kubectl, 'get', 'endpoints', '--namespace=kube-system'],
    sees: 'cluster',
  },
  etcd: {
    label: 'etcd members',
    tells: 'which member answers, and whether there is a quorum',
    words: ['exec', 'etcdctl', 'cluster-health'],
    sees: 'cluster',
  },
  units: {
    label: 'failed units in planet',
    tells: 'which unit inside planet has failed',
    words: ['exec', 'systemctl', '--failed', '--no-pager'],
    sees: 'this node',
  },
  log: {
    label: 'planet’s log',
    tells: 'the last 50 lines of the log inside planet',
    words: ['exec', 'journalctl', '--no-pager', '--lines=50'],
    sees: 'this node',
  },
  disk: {
    label: 'disk',
    tells: 'how full gravity’s state directory is',
    words: ['exec', 'df', '/var/lib/gravity', '--human-readable'],
    sees: 'this node',
  },
  status: {
    label: 'status',
    tells: 'failed probes in words; gravity ends it with 255 where the cluster is degraded',
    words: ['status'],
    sees: 'cluster',
  },
  history: {
    label: 'status history',
    tells: 'when probes and nodes failed, and who was elected leader',
    words: ['status', 'history'],
    sees: 'cluster',
  },
  agents: {
    label: 'update agents',
    tells: 'where gravity’s agent runs; gravity ends it with 255 where one is away',
    words: ['agent', 'status'],
    sees: 'cluster',
  },
  plan: {
    label: 'plan',
    tells: 'what this node’s own record says of every phase',
    words: ['plan'],
    sees: 'this node',
  },
} as const satisfies Record<string, PhaseCheck>;

export type CheckId = keyof typeof phaseChecks;
