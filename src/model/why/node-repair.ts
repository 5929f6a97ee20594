import type { Probe } from '../../protocol/health.ts';
import type { NextStep } from '../../protocol/why.ts';
import { kubernetesName } from '../kubernetes-name.ts';
import type { NodeRow } from '../node-rows.ts';
import { standing } from '../place.ts';
import { isHung } from '../probe-subject.ts';
import { timeDrift } from '../time-drift.ts';
import type { Asked } from './asked.ts';
import { gravityPath } from './gravity-path.ts';
import { next } from './next.ts';
import { probeRepair } from './probe-repairs.ts';
import { shellWord } from './shell-word.ts';

/** The hand work that mends a failed probe of a node, with the commands that look, filled in. */
export function repairOf(
  { cluster }: Asked,
  { name: reporter }: NodeRow,
  { checker, text }: Probe,
): NextStep {
  // A master reports the drift of every node: the clock to set is that of the node in all of the reports.
  const drift = checker === 'time-drift' ? timeDrift(cluster) : null;
  const name = drift?.node ?? reporter;
  const unit = /[\w@.:-]+\.(?:service|socket|mount|timer)\b/.exec(text)?.[0] ?? null;
  const { work, commands, here } = probeRepair(isHung({ text }) ? 'hung' : checker, unit);
  // Where the binary that drives lies on another machine is not known here.
  const gravity = here && standing(cluster).here !== name ? 'gravity' : gravityPath(cluster);
  const node = shellWord(kubernetesName(cluster, name));
  const filled = commands.map((command) =>
    command.replace(/^GRAVITY\b/, () => gravity).replace(/\bNODE$/, () => node),
  );
  return next.hand(here ? `on ${name}, ${work}` : work, ...filled);
}
