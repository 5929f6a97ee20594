import type { Probe } from '../protocol/health.ts';
import { isHung, probeSubject } from './probe-subject.ts';

export type ProbeChange = {
  checker: string;
  from: string | null;
  to: string;
  severity: string | null;
  text: string;
  detail?: string;
};

/**
 * Which probes of a node began or ceased to fail. Several may share a checker, texts of running ones change all the
 * time, some appear only when failing and some vanish on trouble of their own (satellite.md, gotcha 11): so the failing
 * ones of a checker are paired by what they are about, never by their place, and what has no partner has changed. A
 * node that reports no probes says nothing about its probes, and a checker that hung nothing about what it looks at.
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
  const isSilent = after.some((probe) => isFailed(probe) && isHung(probe));
  return pairs.flatMap(([former, present]) => {
    if (present === undefined) return former === undefined || isSilent ? [] : [recovered(former, after)];
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

type Pair = [Probe | undefined, Probe | undefined];

/** The same text first, then the same subject; one that names no subject takes whatever is left. The rest are alone. */
function paired(before: readonly Probe[], after: readonly Probe[]): Pair[] {
  const pairs: Pair[] = [];
  let left = [...before];
  const right = [...after];
  for (const belong of likeness) {
    left = left.filter((former) => {
      const at = right.findIndex((present) => belong(former, present));
      if (at >= 0) pairs.push([former, right.splice(at, 1)[0]]);
      return at < 0;
    });
  }
  return [
    ...pairs,
    ...left.map((probe): Pair => [probe, undefined]),
    ...right.map((probe): Pair => [undefined, probe]),
  ];
}

/** Which of these failed probes is the same as this one, only that its words may have changed. */
export function partnerOf(probe: Probe, among: readonly Probe[]): Probe | undefined {
  const same = among.filter(({ checker }) => checker === probe.checker);
  return likeness
    .map((belong) => same.find((each) => belong(each, probe)))
    .find((each) => each !== undefined);
}

const likeness = [isSameText, isSameSubject, isVague];

function isSameText(one: Probe, other: Probe): boolean {
  return one.text === other.text;
}

function isSameSubject(one: Probe, other: Probe): boolean {
  const subject = probeSubject(one);
  return subject !== null && subject === probeSubject(other);
}

function isVague(one: Probe, other: Probe): boolean {
  return probeSubject(one) === null || probeSubject(other) === null;
}

function told({ checker, severity, text, detail }: Probe): Omit<ProbeChange, 'from' | 'to'> {
  return { checker, severity, text, ...(detail === undefined ? {} : { detail }) };
}

function isFailed(probe: Probe): boolean {
  return probe.state === 'failed';
}
