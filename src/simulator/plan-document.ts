/** States a phase can be in, and no others (gravity's own plan state machine). */
export type PhaseState = 'unstarted' | 'in_progress' | 'completed' | 'failed' | 'rolled_back';

export type Locator = { repository: string; name: string; version: string };

/** A cluster server as it stands in a plan; more keys than these are kept as they came. */
export type ServerDocument = {
  advertise_ip: string;
  hostname: string;
  cluster_role: string;
  role: string;
  [key: string]: unknown;
};

export type PhaseData = {
  server?: ServerDocument;
  exec_server?: ServerDocument;
  [key: string]: unknown;
};

/** One phase of `gravity plan --output=json`. Times are RFC 3339 in UTC. */
export type PhaseDocument = {
  id: string;
  executor: string;
  description?: string;
  state?: string;
  step: number;
  phases?: PhaseDocument[];
  requires?: string[];
  parallel: boolean;
  updated: string;
  data?: PhaseData;
  error?: PhaseError;
};

/** A stored error: only the innermost message survives (recordings/plans/failed-3m2w.json). */
export type PhaseError = { error?: { message?: string } | null; traces?: unknown[]; message?: string };

/** The stored plan. It is never changed after it was made: what happens goes to the changelog. */
export type PlanDocument = {
  operation_id: string;
  operation_type: string;
  account_id: string;
  cluster_name: string;
  phases: PhaseDocument[];
  servers: ServerDocument[];
  lead_master: ServerDocument | null;
  gravity_package: Locator;
  created_at: string;
  [key: string]: unknown;
};

/** Go's zero time: a phase that was never touched has it. */
export const ZERO_TIME = '0001-01-01T00:00:00Z';

/** Reads a plan file as gravity prints it; answers a sentence when the text is not a plan. */
export function readPlanDocument(text: string): { plan: PlanDocument } | { refused: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { refused: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  return isPlan(value) ? { plan: value } : { refused: 'is not a plan: it has no operation_id and phases' };
}

function isPlan(value: unknown): value is PlanDocument {
  if (typeof value !== 'object' || value === null) return false;
  const plan: { operation_id?: unknown; phases?: unknown; servers?: unknown; created_at?: unknown } = value;
  return (
    typeof plan.operation_id === 'string' &&
    typeof plan.created_at === 'string' &&
    Array.isArray(plan.servers) &&
    Array.isArray(plan.phases) &&
    plan.phases.length > 0 &&
    plan.phases.every(isPhase)
  );
}

function isPhase(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const phase: { id?: unknown; phases?: unknown } = value;
  const children = phase.phases ?? [];
  return typeof phase.id === 'string' && Array.isArray(children) && children.every(isPhase);
}
