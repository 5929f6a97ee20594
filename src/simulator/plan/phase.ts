import { type PhaseData, type PhaseDocument, type ServerDocument, ZERO_TIME } from '../plan-document.ts';

export type Leaf = {
  id: string;
  /** Empty where gravity dispatches by id: collection, install, join and reconfigure. */
  executor?: string;
  description: string;
  step?: number;
  requires?: string[];
  data?: PhaseData;
};
export type Group = {
  id: string;
  /** The groups of a multi-hop update have none. */
  description?: string;
  step?: number;
  requires?: string[];
  /** Only groups of install and reconfigure run their children together. */
  parallel?: boolean;
  phases: PhaseDocument[];
};

/** A leaf of a plan nobody has touched yet. */
export function leaf({ id, executor = '', description, step = 0, requires, data }: Leaf): PhaseDocument {
  return {
    id,
    executor,
    description,
    step,
    ...(requires === undefined ? {} : { requires }),
    parallel: false,
    updated: ZERO_TIME,
    ...(data === undefined ? {} : { data }),
  };
}

/** A group: it has no executor, and children in the order they run. */
export function group({
  id,
  description,
  step = 0,
  requires,
  parallel = false,
  phases,
}: Group): PhaseDocument {
  return {
    id,
    executor: '',
    ...(description === undefined ? {} : { description }),
    step,
    phases,
    ...(requires === undefined ? {} : { requires }),
    parallel,
    updated: ZERO_TIME,
  };
}

/** One leaf per server, in their order. */
export function perServer(
  servers: readonly ServerDocument[],
  make: (server: ServerDocument) => Leaf,
): PhaseDocument[] {
  return servers.map((server) => leaf(make(server)));
}

/** Makes each leaf require the one before it. */
export function chained(leaves: readonly Leaf[]): PhaseDocument[] {
  return leaves.map((one, index) => {
    const before = leaves[index - 1];
    return leaf(before === undefined ? one : { ...one, requires: [before.id] });
  });
}
