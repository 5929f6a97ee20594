import type { Attempt } from './attempt.ts';
import { type HealthParts, timelineReader } from './health-sources.ts';

/**
 * The timeline from the health endpoint, else from `gravity status history`, which asks the same agents through the
 * node it stands on. When neither has it the endpoint's problem is told: it is the one asked first.
 */
export function historyReader(
  parts: HealthParts,
  throughGravity: () => Promise<Attempt>,
): () => Promise<Attempt> {
  const fromEndpoint = timelineReader(parts);
  return async () => {
    const first = await fromEndpoint();
    if (first.outcome.ok) return first;
    const second = await throughGravity();
    const outcome = second.outcome.ok ? second.outcome : first.outcome;
    return { outcome, durationMs: first.durationMs + second.durationMs, cpuMs: second.cpuMs };
  };
}
