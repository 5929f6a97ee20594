import type { Probe } from '../protocol/health.ts';

export type ProbeChange = {
  checker: string;
  from: string | null;
  to: string;
  severity: string | null;
  text: string;
};

/**
 * Which probes of a node began or ceased to fail. Several may share a checker, texts of running ones change all the
 * time, some appear only when failing and some vanish on trouble of their own (satellite.md, gotcha 11): so per
 * checker the failing ones are paired by text, then a failing one whose words moved (85% to 86%) with another, and
 * only what is left over has changed. A node that says nothing says nothing about its probes.
 */
export function probeChanges(before: readonly Probe[], after: readonly Probe[]): ProbeChange[] {
  if (after.length === 0) return [];
  const checkers = new Set([...before, ...after].filter(isFailed).map(({ checker }) => checker));
  return [...checkers].flatMap((checker) => {
    const former = before.filter((probe) => probe.checker === checker);
    const present = after.filter((probe) => probe.checker === checker);
    return checkerChanges(former, present);
  });
}

function checkerChanges(before: readonly Probe[], after: readonly Probe[]): ProbeChange[] {
  const pairs = paired(before.filter(isFailed), after.filter(isFailed));
  return pairs.flatMap(([former, present]) => {
    if (present === undefined) return former === undefined ? [] : [recovered(former, after)];
    if (former === undefined) return [{ ...told(present), from: stateOfRest(before), to: 'failed' }];
    return former.severity === present.severity ? [] : [{ ...told(present), from: 'failed', to: 'failed' }];
  });
}

/** Without a running row of its checker nobody says that it is fine again: it is gone. */
function recovered(probe: Probe, after: readonly Probe[]): ProbeChange {
  return { ...told(probe), from: 'failed', to: stateOfRest(after) ?? 'gone' };
}

function stateOfRest(probes: readonly Probe[]): 'running' | null {
  return probes.some((probe) => !isFailed(probe)) ? 'running' : null;
}

/** The same text first, then whatever is left against each other, then alone. */
function paired(before: Probe[], after: Probe[]): [Probe | undefined, Probe | undefined][] {
  const pairs: [Probe | undefined, Probe | undefined][] = [];
  const rest = [...after];
  const moved = before.filter((probe) => {
    const at = rest.findIndex(({ text }) => text === probe.text);
    if (at >= 0) pairs.push([probe, rest.splice(at, 1)[0]]);
    return at < 0;
  });
  for (let index = 0; index < Math.max(moved.length, rest.length); index += 1)
    pairs.push([moved[index], rest[index]]);
  return pairs;
}

function told({ checker, severity, text }: Probe): Pick<ProbeChange, 'checker' | 'severity' | 'text'> {
  return { checker, severity, text };
}

function isFailed(probe: Probe): boolean {
  return probe.state === 'failed';
}
