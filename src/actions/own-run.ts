import { leafTimes } from '../model/estimate/leaf-time.ts';
import { span } from '../model/why/span.ts';
import type { Cluster } from '../protocol/cluster.ts';
import { isFinal, type Run } from '../protocol/run.ts';
import { executor } from './progress.ts';

/** The runs of this agent that change the cluster and are not over: the one that is on first, then those that wait. */
export function clusterRuns({ runs }: Pick<Cluster, 'runs'>): Run[] {
  const live = runs.filter(({ lane, state }) => lane === 'cluster' && !isFinal(state));
  return live.toSorted((one, other) => rank(one).localeCompare(rank(other)));
}

function rank({ state, queuedAt }: Run): string {
  return `${state === 'running' ? 0 : 1} ${queuedAt}`;
}

/** `Step by root /masters/master-3/drain (running 4s, usually 15s)`: what is on, by whom, since when, for how long as a rule. */
export function runWords(cluster: Cluster, run: Run, now: number): string {
  const phase = run.steps[run.step]?.phase ?? null;
  const leaf = cluster.plan?.phases.find((each) => each.leaf && each.id === phase);
  const usual = leaf === undefined ? '' : `, usually ${span(leafTimes(cluster)(leaf).p50)}`;
  const time = run.startedAt === null ? 'queued' : `running ${span(now - Date.parse(run.startedAt))}${usual}`;
  return [executor(run), ...(phase === null ? [] : [phase]), `(${time})`].join(' ');
}
