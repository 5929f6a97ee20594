import { chance } from '../chance.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { PhaseDocument } from '../plan-document.ts';
import { kubectlTable } from './kubectl-table.ts';
import { shortSpan } from './short-span.ts';

/** The job of an application's hook, in kube-system: when it began, and when and how it ended. Milliseconds. */
export type HookJob = { name: string; began: number; ended: number | null; failed: boolean };

const HOOKS: Readonly<Record<string, string>> = { pre_update: 'pre-update', update_app: 'update' };

/** The jobs the leaves have run until now, one for every time one was begun, oldest first. */
export function hookJobs({ world }: Cluster): HookJob[] {
  const jobs: HookJob[] = [];
  const open = new Map<string, HookJob>();
  for (const { phaseId, state, created } of world.journal) {
    const phase = world.tree.byId.get(phaseId)?.phase;
    const hook = HOOKS[phase?.executor ?? ''];
    if (phase === undefined || hook === undefined) continue;
    const running = open.get(phaseId);
    if (state === 'in_progress' && running === undefined) {
      const job = { name: nameOf(phase, hook, created), began: created, ended: null, failed: false };
      open.set(phaseId, job);
      jobs.push(job);
    } else if (running !== undefined && (state === 'completed' || state === 'failed')) {
      running.ended = created;
      running.failed = state === 'failed';
      open.delete(phaseId);
    }
  }
  return jobs;
}

/** `kubectl get jobs` in kube-system; empty where none was begun. */
export function jobsTable(cluster: Cluster): string {
  const now = cluster.world.clock.now();
  const rows = hookJobs(cluster).map(({ name, began, ended, failed }) => [
    name,
    ended === null || failed ? '0/1' : '1/1',
    shortSpan((failed ? now : (ended ?? now)) - began),
    shortSpan(now - began),
  ]);
  return rows.length === 0 ? '' : kubectlTable(['NAME', 'COMPLETIONS', 'DURATION', 'AGE'], rows);
}

/** `<hook>-<random>` (operations.md 10), the application before it where several have the same hook. */
function nameOf({ id, executor }: PhaseDocument, hook: string, began: number): string {
  const application = executor === 'update_app' ? `${id.slice(id.lastIndexOf('/') + 1)}-` : '';
  const random = Math.floor(chance(`${id}.${began}`) * 0xffffff).toString(16);
  return `${application}${hook}-${random.padStart(6, '0')}`;
}
