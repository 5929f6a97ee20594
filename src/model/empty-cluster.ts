import type { AgentKind, Cluster } from '../protocol/cluster.ts';
import { type SourceName, type SourceState, sourceNames } from '../protocol/source.ts';

function neverAsked(source: SourceName): SourceState {
  return { source, state: 'never', at: null, lastGood: null, failures: 0, problem: null, remarks: [] };
}

/** The state before the first event. */
export function emptyCluster(agent: {
  kind: AgentKind;
  label: string | null;
  readOnly: boolean;
  units?: Cluster['units'];
}): Cluster {
  return {
    schema: 1,
    units: 'none',
    ...agent,
    place: { node: null, ip: null, by: 'unknown' },
    binaries: [],
    sources: Object.fromEntries(sourceNames.map((name) => [name, neverAsked(name)])) as Cluster['sources'],
    plan: null,
    passages: {},
    status: null,
    health: null,
    healthCollected: null,
    healthClock: null,
    reported: {},
    failing: {},
    history: [],
    changes: [],
    agents: null,
    operations: null,
    runs: [],
    wheel: { holder: null, since: null, reason: null },
    earlier: [],
    notes: [],
    breakpoints: [],
    autopilot: null,
    baseline: null,
    observed: {},
    reconciled: null,
    atWork: null,
  };
}
