import type { Probe } from '../../protocol/health.ts';
import type { NextStep } from '../../protocol/why.ts';
import { kubernetesName } from '../kubernetes-name.ts';
import type { NodeRow } from '../node-rows.ts';
import { standing } from '../place.ts';
import type { Asked } from './asked.ts';
import { gravityPath } from './gravity-path.ts';
import { next } from './next.ts';
import { probeRepair } from './probe-repairs.ts';
import { shellWord } from './shell-word.ts';

/** The hand work that mends a failed probe of a node, with the commands that look, filled in. */
export function repairOf({ cluster }: Asked, { name }: NodeRow, { checker, text }: Probe): NextStep {
  const unit = /[\w@.:-]+\.(?:service|socket|mount|timer)\b/.exec(text)?.[0] ?? null;
  const { work, commands, here } = probeRepair(checker, unit);
  // Where the binary that drives lies on another machine is not known here.
  const gravity = here && standing(cluster).here !== name ? 'gravity' : gravityPath(cluster);
  const node = shellWord(kubernetesName(cluster, name));
  const filled = commands.map((command) =>
    command.replace(/^GRAVITY\b/, () => gravity).replace(/\bNODE$/, () => node),
  );
  return next.hand(here ? `on ${name}, ${work}` : work, ...filled);
}
