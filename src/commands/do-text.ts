import { roundedDuration } from '../model/about-duration.ts';
import { usualRange, usualSource } from '../model/usual-range.ts';
import { cleanLine } from '../protocol/clean.ts';
import type { Impact } from '../protocol/judgement.ts';
import type { DoTwin } from '../protocol/twins.ts';

/** What `do` shows of an action: verdict, impact and literal commands, as lines. `impact` is the judgement's. */
export function doText(twin: DoTwin, impact: Impact): string[] {
  const args = Object.entries(twin.args).map(([name, value]) => ` ${name}=${String(value)}`);
  return [
    `action    ${twin.action}${args.join('')}`,
    `risk      ${twin.risk}`,
    `verdict   ${twin.allowed ? 'allowed' : `refused: ${twin.reason ?? 'no reason given'}`}`,
    ...labelled('first', twin.heads.map(headText)),
    ...impactLines(impact),
    ...labelled('command', twin.commands),
  ];
}

function headText({ message, nextStep }: DoTwin['heads'][number]): string {
  return nextStep === null ? message : `${message}. Next: ${nextStep}`;
}

function impactLines(impact: Impact): string[] {
  const { versions, leaves } = impact;
  return [
    ...labelled('about', impact.about === null ? [] : [impact.about]),
    ...labelled('runs on', impact.runsOn === null ? [] : [impact.runsOn]),
    ...labelled(
      'leaves',
      leaves.length > 12 ? [...leaves.slice(0, 12), `and ${leaves.length - 12} more`] : leaves,
    ),
    ...labelled('skips', impact.skips),
    ...labelled('without', impact.skipped ?? []),
    ...labelled('versions', versions === null ? [] : [`${versions.from} to ${versions.to}`]),
    ...labelled(
      'software',
      (impact.nodeVersions ?? []).map(({ node, from, to }) => `${node}: ${from} to ${to}`),
    ),
    ...labelled('takes', takes(impact)),
    ...labelled('pods', pods(impact)),
    ...labelled('etcd', etcdText(impact)),
    ...labelled('dark', impact.dark),
    ...labelled('warning', [...(impact.alarms ?? []), ...impact.warnings]),
    ...labelled('for good', impact.irreversible),
    ...labelled('undo', impact.undo === null ? [] : [impact.undo]),
  ];
}

/** How long it usually takes, and what that is known from. */
function takes({ takes: time }: Impact): string[] {
  if (time === undefined || time === null) return [];
  return [`about ${usualRange(time, roundedDuration)}; ${usualSource[time.from]}`];
}

/** Unknown is said only where a phase runs: nothing else touches etcd. */
function etcdText({ etcd, leaves }: Impact): string[] {
  if (etcd === null) return leaves.length === 0 ? [] : ['unknown'];
  const { now, members, during, after, quorum } = etcd;
  return [`${now}/${members} now, ${during}/${members} during, ${after}/${members} after (quorum ${quorum})`];
}

/** What was asked and not answered is unknown; what was not asked is left out. */
function pods({ pods: found, podsAsked }: Impact): string[] {
  if (!podsAsked) return [];
  if (found === null) return ['unknown: the cluster did not answer'];
  const { count, budgets } = found;
  if (budgets === null) return [`${count}; disruption budgets unknown: they could not be read`];
  if (budgets.length === 0) return [`${count}; no disruption budget forbids an eviction now`];
  return [`${count}; disruption budgets that allow no eviction now: ${budgets.join(', ')}`];
}

function labelled(label: string, texts: readonly string[]): string[] {
  return texts.map((text, index) => `${(index === 0 ? label : '').padEnd(9)} ${cleanLine(text)}`);
}
