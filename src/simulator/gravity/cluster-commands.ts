import { type Fault, fault } from '../fault.ts';
import { humanized } from '../humanized.ts';
import type { Arguments } from './arguments.ts';
import type { GravityCommand } from './command-row.ts';
import { noSite } from './no-site.ts';
import { execute } from './plan-commands.ts';
import type { GravityProcess } from './process.ts';
import { resumeCommand } from './resume-command.ts';
import { upgradeRefusal } from './upgrade-refusal.ts';

const UPGRADE = {
  manual: 'switch',
  resume: 'switch',
  force: 'switch',
  block: 'switch',
  phase: 'text',
  set: 'text',
  values: 'text',
  timeout: 'text',
  'skip-version-check': 'switch',
} as const;

const JOB = { follow: 'switch', timeout: 'text' } as const;

/** Commands about the cluster as a whole that run no phase by themselves (commands.md 2, 3.2, 5). */
export const clusterCommands: readonly GravityCommand[] = [
  {
    words: ['upgrade'],
    flags: UPGRADE,
    shorts: { m: 'manual' },
    operands: 1,
    root: true,
    systemLog: true,
    run: upgrade,
  },
  { words: ['backup'], flags: JOB, operands: 1, root: true, run: job('backing up to', 'backup') },
  { words: ['restore'], flags: JOB, operands: 1, root: true, run: job('restoring from', 'restore') },
  {
    words: ['report'],
    flags: { file: 'text', since: 'text' },
    root: true,
    run: async (gravity, given) => noSite(gravity) ?? report(gravity, given),
  },
  {
    words: ['top'],
    flags: { interval: 'text', step: 'text' },
    run: ({ cluster }) =>
      cluster.situation.planet
        ? fault('the metrics are not simulated')
        : fault('failed to resolve prometheus-k8s.monitoring.svc.cluster.local:9090'),
  },
];

/** With a phase or to resume it is another name of the plan commands; it starts nothing here: there is no newer image. */
function upgrade(gravity: GravityProcess, given: Arguments): Promise<Fault | null> | Fault | null {
  if (given.has('resume')) return resumeCommand(gravity, given);
  if (given.text('phase') !== null) return execute(gravity, given);
  if (!gravity.cluster.situation.planet)
    return {
      messages: ['failed to fetch cluster status: '],
      original: 'exec: "gravity": executable file not found in $PATH',
    };
  const dark = noSite(gravity);
  if (dark !== null) return dark;
  const refused = upgradeRefusal(gravity, given.has('force'));
  if (refused !== null) return refused;
  return fault(`${gravity.cluster.application.name} is already at the latest version`);
}

const JOB_MS = 45_000;

/** A hook of the application runs as a job on this node; two lines tell of it (recordings/cli/active-backup). */
function job(doing: string, name: string): GravityCommand['run'] {
  return async (gravity, { operands: [file = ''] }) => {
    if (file === '') return fault("required argument 'tarball' not provided");
    gravity.print(`* [1/2] ${doing} ${file}\n`);
    const dark = noSite(gravity);
    const { world } = gravity.cluster;
    const began = world.clock.now();
    if (dark === null) await Promise.race([world.clock.sleep(JOB_MS), gravity.life.over]);
    const span = humanized(world.clock.now() - began, '');
    const ending =
      dark === null ? `* [2/2] ${name} completed in ${span}` : `* [1/2] ${name} aborted after ${span}`;
    gravity.print(`${ending}\n`);
    return dark;
  };
}

async function report({ cluster, life, print }: GravityProcess, given: Arguments): Promise<null> {
  await Promise.race([cluster.world.clock.sleep(JOB_MS), life.over]);
  if (!life.ended())
    print(`report for ${cluster.name} exported to ${given.text('file') ?? 'report.tar.gz'}\n`);
  return null;
}
