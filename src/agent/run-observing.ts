import { otherNodeOf, runEnded } from '../model/observed-changes.ts';
import { etcdIsDown, hasReconciled } from '../model/reconciled.ts';
import type { Files } from '../ports.ts';
import type { Cluster } from '../protocol/cluster.ts';
import type { Run } from '../protocol/run.ts';
import { createLineFollower } from './line-follower.ts';
import {
  createPhaseWalk,
  forgetOnceRead,
  type PhaseWalk,
  type Printed,
  type WalkWorld,
} from './phase-walk.ts';
import { keeperFiles } from './run-files.ts';
import { runDirectory } from './run-record.ts';
import type { Seen } from './run-watch.ts';

export type ObservingWorld = WalkWorld & { files: Pick<Files, 'readFrom'>; stateDir: string };

/** Tells the ledger what a run of ours is at, beyond what the plan shows. */
export type RunObserving = {
  /** Its keeper moved on, or it printed something. */
  seen(now: Seen): void;
  /** It is over, as `run` tells: all it printed is read before what it leaves behind is told. */
  ended(run: Run): Promise<void>;
};

/**
 * From the step a run is at and the lines gravity prints as it walks a group or the plan. The same for a run that an earlier
 * life began: its output is read again, and what is known already is no news. A file that cannot be read costs only that.
 */
export function observeRun(world: ObservingWorld, run: Run): RunObserving {
  const { clock, files, ledger, stateDir } = world;
  if (run.lane !== 'cluster') return { seen: () => {}, ended: () => Promise.resolve() };
  const now = () => new Date(clock.now()).toISOString();
  const follower = createLineFollower(files, keeperFiles(runDirectory(stateDir, run.id)).output);
  const witness = { from: 'run' as const, run: run.id };
  const walk = createPhaseWalk(world, witness);
  let step = -1;
  let beganAt = run.startedAt;
  let work = Promise.resolve();
  const inOrder = (next: () => Promise<void>) => {
    work = work.then(next).catch(() => {});
    return work;
  };
  return {
    seen: (at) =>
      void inOrder(async () => {
        if (at.step !== step && at.beganAt !== null) {
          step = at.step;
          beganAt = at.beganAt;
          expectLeaf(ledger.state(), walk, run.steps[step], at.beganAt);
        }
        walk.prints(printed(await follower.read(), now()));
      }),
    async ended(over) {
      await inOrder(async () => walk.prints(printed(await follower.read(true), over.finishedAt ?? now())));
      ledger.record(...runEnded(ledger.state(), over, walk, now()));
      const reconciled = hasReconciled(over) && !etcdIsDown(ledger.state(), clock.now()) ? beganAt : null;
      void forgetOnceRead(world, witness, Object.keys(ledger.state().observed)).then(() => {
        if (reconciled === null) return;
        const { operationId: operation, id } = over;
        ledger.record({ kind: 'copy.reconciled', seen: now(), operation, at: reconciled, run: id });
      });
    },
  };
}

function printed(lines: readonly string[], at: string): Printed[] {
  return lines.map((text) => ({ text, at }));
}

/** A step that names a leaf is at it from the moment it began, also while gravity still looks for the other node's agent. */
function expectLeaf(
  cluster: Cluster,
  walk: PhaseWalk,
  step: Run['steps'][number] | undefined,
  at: string,
): void {
  if (step === undefined || step.phase === null || step.program !== 'gravity') return;
  const { phase, argv } = step;
  const way = argv.find((word) => word === 'execute' || word === 'rollback');
  if (argv[0] !== 'plan' || way === undefined || argv.includes('--dry-run')) return;
  walk.expects({ phase, way: way as 'execute' | 'rollback', node: otherNodeOf(cluster, phase), at });
}
