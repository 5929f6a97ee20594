import { type PhaseData, type PhaseDocument, type ServerDocument, ZERO_TIME } from '../plan-document.ts';

export type Leaf = {
  id: string;
  executor: string;
  description: string;
  requires?: string[];
  data?: PhaseData;
};
export type Group = { id: string; description: string; requires?: string[]; phases: PhaseDocument[] };

/** A leaf of a plan nobody has touched yet. */
export function leaf({ id, executor, description, requires, data }: Leaf): PhaseDocument {
  return {
    id,
    executor,
    description,
    step: 0,
    ...(requires === undefined ? {} : { requires }),
    parallel: false,
    updated: ZERO_TIME,
    ...(data === undefined ? {} : { data }),
  };
}

/** A group: in upgrade plans never parallel (engine-observed 3). */
export function group({ id, description, requires, phases }: Group): PhaseDocument {
  return {
    id,
    executor: '',
    description,
    step: 0,
    phases,
    ...(requires === undefined ? {} : { requires }),
    parallel: false,
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
