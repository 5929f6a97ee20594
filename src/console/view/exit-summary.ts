import { meantOperation } from '../../model/active-operation.ts';
import { countLeaves } from '../../model/counts.ts';
import { operationName } from '../../model/operation-name.ts';
import { isFinal } from '../../protocol/run.ts';
import { clip } from '../cells.ts';
import { endWords } from '../end-words.ts';
import { roughly } from '../format/duration.ts';
import { epoch } from '../format/instant.ts';
import { named } from '../run-name.ts';
import type { Scene } from '../scene.ts';
import { armedBy, autopilotWords } from './autopilot.ts';

/**
 * What is left on the normal screen when the console goes: which cluster in what state, what failed and why, what goes
 * on without it, and the next command. Plain text, one line each. `reach` is what every command needs to ask the same
 * agent (`--agent unix:PATH`, nothing on its own machine); null where the agent goes with the console, as in a demo.
 */
export function exitSummary(scene: Scene, reach: string | null = ''): string[] {
  const said = [statusLine(scene), ...failures(scene)];
  return reach === null ? said : [...said, ...goingOn(scene, reach), `next       ${next(scene, reach)}`];
}

/** The cluster in one line, also what is said where there is no terminal. */
export function statusLine(scene: Scene): string {
  const { kind, label, status, plan } = scene.cluster;
  const who = kind === 'live' || label === null ? kind.toUpperCase() : `${kind.toUpperCase()} ${label}`;
  const name = status?.cluster ?? plan?.operation.cluster ?? 'cluster unknown';
  const operation = meantOperation(scene.cluster);
  const counts = countLeaves(plan?.phases ?? []);
  const leaves = plan === null ? '' : `, ${counts.completed} of ${counts.leaves} leaves completed`;
  // With the zone: the line stays where it is written.
  const end = operation === null ? null : endWords(scene, 'utc', true);
  const doing =
    operation === null
      ? ''
      : `, ${operationName(operation.type)} ${operation.id?.slice(0, 8) ?? ''} ${operation.state ?? 'state unknown'}${leaves}${end === null ? '' : `, ${end.long}`}`;
  return `${who}  ${name}: ${status?.state ?? 'state unknown'}${doing}${staleness(scene)}`;
}

/** Old data is said to be old, here too. */
function staleness(scene: Scene): string {
  const { plan, status } = scene.cluster.sources;
  const failing = [plan, status].filter((source) => source.state === 'failing');
  return failing
    .map((source) => {
      const at = epoch(source.lastGood);
      return `, ${source.source} ${at === null ? 'never read' : `from ${roughly(scene.now - at)} ago`}`;
    })
    .join('');
}

function failures(scene: Scene): string[] {
  const { failed } = scene.tree;
  const shown = failed
    .slice(0, 3)
    .map(
      (leaf) =>
        `failed     ${leaf.phase.id}${leaf.phase.error === null ? '' : `: ${clip(oneLine(leaf.phase.error), 400)}`}`,
    );
  return failed.length > 3 ? [...shown, `           and ${failed.length - 3} more`] : shown;
}

/** Whatever goes on by itself is named with the way to stop it. */
function autopilotLines({ cluster }: Scene, reach: string): string[] {
  const { autopilot } = cluster;
  if (autopilot === null) return [];
  const stop = command('do autopilot.stop', reach);
  return [`goes on    ${armedBy(autopilot)}: ${oneLine(autopilotWords(autopilot))}; to stop it: ${stop}`];
}

function goingOn(scene: Scene, reach: string): string[] {
  const runs = scene.cluster.runs
    .filter((run) => !isFinal(run.state))
    .slice(0, 3)
    .map((run) => {
      const since = epoch(run.startedAt);
      return `goes on    ${named(run)} (${run.state}${since === null ? '' : ` for ${roughly(scene.now - since)}`}, run ${run.id}), without this console`;
    });
  return [...runs, ...autopilotLines(scene, reach)];
}

function next(scene: Scene, reach: string): string {
  const open = scene.cluster.runs.find((run) => !isFinal(run.state));
  if (open) return command('runs --watch', reach);
  if (scene.tree.failed.length > 0)
    return `${command('plan', reach)}, then ${command('do operation.step --dry-run', reach)}`;
  return command('status', reach);
}

function command(words: string, reach: string): string {
  return `gravity-console ${words}${reach === '' ? '' : ` ${reach}`}`;
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}
