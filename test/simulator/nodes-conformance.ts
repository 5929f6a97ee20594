import { isDeepStrictEqual } from 'node:util';
import { type Changelog, newestByPhase } from '../../src/simulator/changelog.ts';
import type { World } from '../../src/simulator/world.ts';
import { masked } from './masked.ts';
import { ARRANGED } from './nodes-arranged.ts';
import {
  beginningOf,
  endsOf,
  type NodesCommand,
  type NodesFrame,
  nodesRecording,
} from './nodes-recording.ts';
import {
  type Given,
  type Histories,
  type NodesStageOptions,
  type NodesTold,
  nodesStage,
} from './nodes-stage.ts';
import { recordedPlan } from './recorded-plan.ts';

/** A command, a copy after a command or the history of a copy, beside what was recorded. */
export type NodesComparison = { name: string; equal: boolean; said: unknown; wanted: unknown };

export type NodesComparisons = {
  commands: NodesComparison[];
  /** Each node's copy and etcd at the beginning of each command: after the one before. */
  copies: NodesComparison[];
  /** Each phase in each copy from the first to the last moment. */
  histories: NodesComparison[];
};

/** How late a reading was at most, and by how much a command was slower there than here, in seconds. */
const LATE = 2;
const SLOW = 4;

/** Work is said to go on every so many milliseconds: an orphan that took less is not to die of that. */
const HEARTBEAT = 10_000;

/** Gives the commands of a recording of several nodes when they were given, where they were given. */
export async function compareNodes(folder: string): Promise<NodesComparisons> {
  const { frames, commands, arrangements } = nodesRecording(folder);
  const startMs = beginningOf(frames);
  const took = tookThere(frames);
  const stage = nodesStage({ plan: recordedPlan(`${folder}/plan.json`), startMs, took, recording: folder });
  const copies: NodesComparison[] = [];
  const given = new Map<NodesCommand, Given>();
  const looks = new Map<NodesCommand, Given[]>();
  const happens = (t: number, run: () => void): { t: number; run: () => void } => ({ t, run });
  const moments = [
    ...[...(ARRANGED[folder] ?? []), ...arrangements].map((arrangement) =>
      happens(arrangement.t, () => stage.arrange(arrangement)),
    ),
    ...commands.flatMap((command) => {
      const { t, node, argv, seconds, rc } = command;
      const begin = happens(t, () => {
        const when = `${folder}, before ${t} ${node}: ${argv.slice(1).join(' ')}`;
        copies.push(...copyComparisons(stage.world, frames, t, when));
        if (!isLook(command)) given.set(command, stage.give(node, argv.slice(1)));
      });
      const kill = happens(t + seconds, () => given.get(command)?.kill());
      const look = (at: number) =>
        happens(at, () => {
          looks.set(command, [...(looks.get(command) ?? []), stage.give(node, argv.slice(1))]);
        });
      const around = isLook(command) ? about(t).map(look) : [];
      return [begin, ...around, ...(rc < 0 ? [kill] : [])];
    }),
  ].sort((one, other) => one.t - other.t);
  for (const { t, run } of moments) {
    await stage.until(t);
    run();
  }
  const last = Math.max(...frames.map(({ t }) => t), ...commands.map(({ t, seconds }) => t + seconds)) + 60;
  await stage.until(last);
  copies.push(...copyComparisons(stage.world, frames, last, `${folder}, at the end`));
  const compared = commands.map(async (command) => {
    const all = looks.get(command) ?? [given.get(command)];
    const told = await Promise.all(all.flatMap((each) => (each === undefined ? [] : [each.ended])));
    return commandComparison(folder, command, told);
  });
  return {
    commands: await Promise.all(compared),
    copies,
    histories: historyComparisons(stage.histories, frames, folder),
  };
}

/** A look at a plan says what was so at some moment about then. */
function isLook({ argv }: NodesCommand): boolean {
  return argv.includes('--output=short');
}

function about(t: number): number[] {
  const steps = Array.from({ length: 1 + (LATE + SLOW) * 2 }, (_, step) => t - SLOW + step / 2);
  return steps.sort((one, other) => Math.abs(one - t) - Math.abs(other - t)).filter((at) => at >= 0);
}

/**
 * How long work took there, where it was arranged to take `arrangedMs`: until the next end of it that any copy tells of,
 * unless that is of a later command. Between two works the machine there was slow; here the second begins at once and
 * ends when it ended.
 */
function tookThere(frames: readonly NodesFrame[]): NonNullable<NodesStageOptions['took']> {
  const ends = endsOf(frames);
  return (id, nowMs, arrangedMs) => {
    const took = (ends.get(id)?.find((each) => each > nowMs) ?? Number.POSITIVE_INFINITY) - nowMs;
    if (took > arrangedMs * 1.5 + SLOW * 1000) return arrangedMs;
    return arrangedMs < HEARTBEAT ? Math.min(took, HEARTBEAT - 100) : took;
  };
}

/** Equal is one of what was said with what was recorded. */
function commandComparison(
  folder: string,
  command: NodesCommand,
  told: readonly NodesTold[],
): NodesComparison {
  const wanted = comparable(command, command);
  const all = told.map((each) => comparable(command, each));
  const fitting = all.find((said) => isDeepStrictEqual(said, wanted));
  const name = `${folder}, ${command.t} ${command.node}: ${command.argv.slice(1).join(' ')}`;
  return { name, equal: fitting !== undefined, said: fitting ?? all[0], wanted };
}

/** What is the machine's and not gravity's is left out: by which signal a process died, how long a step took. */
function comparable({ argv }: NodesCommand, { rc, stdout, stderr }: NodesTold): unknown {
  return {
    rc: rc < 0 ? 'killed' : rc,
    stdout: argv.includes('status') ? statusOf(stdout) : unhurried(masked(stdout).text),
    stderr: masked(stderr).text,
  };
}

/** A leaf is said to be going on for as long as it took there. */
function unhurried(text: string): string {
  return text.replace(/^\tStill .*\n/gm, '');
}

/** Where the nodes were recorded there was no installation before, no Teleport, no token and another build. */
function statusOf(text: string): unknown {
  const { cluster }: { cluster: Record<string, unknown> } = JSON.parse(masked(text).text);
  const { token: _token, client_version: _version, nodes, operation, ...rest } = cluster;
  const bare = Array.isArray(nodes) ? nodes.map(({ teleport_node: _, ...node }) => node) : nodes;
  const before = operation === undefined || JSON.stringify(operation).includes('"operation_install"');
  return { ...rest, ...(before ? {} : { operation }), nodes: bare };
}

/** Each copy that was looked at, with what no reading says was changing about `t`. */
export function steadyCopies(
  frames: readonly NodesFrame[],
  t: number,
): { copy: string; moving: ReadonlySet<string>; states: ReadonlyMap<string, string> }[] {
  return [...new Set(frames.map(({ node }) => node))].map((copy) => {
    const own = frames.filter(({ node }) => node === copy);
    const near = own.filter((frame) => frame.t > t - LATE && frame.t <= t + SLOW);
    const moving = new Set(near.flatMap(statesIn).map(([id]) => id));
    const before = own.filter((frame) => frame.t <= t).flatMap(statesIn);
    return { copy, moving, states: new Map(before.filter(([id]) => !moving.has(id))) };
  });
}

function copyComparisons(
  world: World,
  frames: readonly NodesFrame[],
  t: number,
  when: string,
): NodesComparison[] {
  return steadyCopies(frames, t).map(({ copy, moving, states }) => {
    const simulated = copyOf(world, copy);
    const ids = [...new Set([...states.keys(), ...simulated.keys()])].filter((id) => !moving.has(id));
    const said = Object.fromEntries(ids.map((id) => [id, simulated.get(id) ?? null]));
    const theirs = Object.fromEntries(ids.map((id) => [id, states.get(id) ?? null]));
    return {
      name: `${when}, on ${copy}`,
      equal: isDeepStrictEqual(said, theirs),
      said: differing(said, theirs),
      wanted: differing(theirs, said),
    };
  });
}

function statesIn({ phases = {}, operation, cluster }: NodesFrame): [string, string][] {
  return [
    ...Object.entries(phases).map(([id, { state = 'unstarted', error = '' }]): [string, string] => [
      id,
      `${state} ${error}`,
    ]),
    ...(operation === undefined ? [] : [['operation', operation] as [string, string]]),
    ...(cluster === undefined ? [] : [['cluster', cluster] as [string, string]]),
  ];
}

function differing(one: Record<string, unknown>, other: Record<string, unknown>): unknown {
  return Object.fromEntries(
    Object.entries(one).filter(([id, value]) => !isDeepStrictEqual(value, other[id])),
  );
}

function logOf({ stores }: World, copy: string): Changelog {
  return copy === 'etcd' ? stores.cluster : (stores.nodes.get(copy) ?? new Map());
}

function copyOf(world: World, copy: string): Map<string, string> {
  const states = new Map<string, string>();
  for (const [id, { state, error }] of newestByPhase(logOf(world, copy)))
    states.set(id, `${state} ${error?.error?.message ?? ''}`);
  if (copy !== 'etcd') return states;
  return states.set('operation', world.operation.state).set('cluster', world.clusterState);
}

/**
 * Each phase of each copy: what it was one after another. Readings were too seldom for a short work: in progress is
 * compared only where it was read.
 */
function historyComparisons(
  histories: Histories,
  frames: readonly NodesFrame[],
  folder: string,
): NodesComparison[] {
  const looked = [...histories].filter(([copy]) => frames.some(({ node }) => node === copy));
  return looked.flatMap(([copy, ours]) => {
    const theirs = new Map<string, string[]>();
    for (const { phases = {} } of frames.filter(({ node }) => node === copy))
      for (const [id, { state = 'unstarted', error = '' }] of Object.entries(phases))
        theirs.set(id, [...(theirs.get(id) ?? []), `${state} ${error}`]);
    return [...new Set([...theirs.keys(), ...ours.keys()])].map((id) => {
      const said = (ours.get(id) ?? []).map((state) => state.replace(/ \S+/, ''));
      const wanted = theirs.get(id) ?? [];
      return {
        name: `${folder}, ${id} on ${copy} throughout`,
        equal: isDeepStrictEqual(settled(said), settled(wanted)) && within(collapsed(wanted), said),
        said,
        wanted,
      };
    });
  });
}

function settled(states: readonly string[]): string[] {
  return collapsed(states.filter((state) => state !== 'in_progress '));
}

function collapsed(states: readonly string[]): string[] {
  return states.filter((state, at) => state !== states[at - 1]);
}

function within(some: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const state of all) if (state === some[at]) at += 1;
  return at === some.length;
}
