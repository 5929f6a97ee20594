import { recordings, recordingText } from '../recordings.ts';

/** One command of a recording of several nodes: when it was given, in seconds, on which node, and what came of it. */
export type NodesCommand = {
  t: number;
  node: string;
  argv: string[];
  /** Negative: killed by that signal. */
  rc: number;
  seconds: number;
  stdout: string;
  stderr: string;
};

export type SeenPhase = {
  state?: string;
  updated?: string;
  error?: string | { error?: { message?: string } };
};

/** What was another in one copy than a moment before; `t` is up to 1.5 s late. */
export type NodesFrame = {
  t: number;
  node: string;
  phases?: Record<string, SeenPhase>;
  /** Of etcd: the states of the operation and the cluster. */
  operation?: string;
  cluster?: string;
  /** Of a flight: what `status --output=json` said. */
  status?: { rc: number; json: unknown };
};

/** What was arranged when: `rules` are `PHASE WHAT` to its text or number, null where it is repaired. */
export type NodesArrangement = {
  t: number;
  arranged: string;
  rules?: Record<string, string | null>;
  seconds?: number;
};

/** Every folder of recordings/nodes, and the flights over several real nodes. */
export const NODES_RECORDINGS = [
  'flights/remote-fails',
  ...new Set(
    recordings('nodes')
      .map((path) => path.split('/').slice(0, 2).join('/'))
      .filter((path) => !path.endsWith('.md')),
  ),
];

/** What was recorded of several nodes in a folder; of a flight only the lead was looked at and given commands. */
export type NodesRecording = {
  frames: NodesFrame[];
  commands: NodesCommand[];
  arrangements: NodesArrangement[];
};

export function nodesRecording(folder: string): NodesRecording {
  const frames = lines<NodesFrame>(`${folder}/frames.jsonl`);
  const looked = frames.flatMap(({ t, status }): NodesCommand[] =>
    status === undefined ? [] : [lookAtStatus(t, status)],
  );
  const commands = [...lines<NodesCommand>(`${folder}/commands.jsonl`), ...looked];
  const onLead = <Line extends { node: string }>(line: Line): Line => ({ ...line, node: line.node ?? LEAD });
  return {
    frames: frames.map(onLead).map(withMessages),
    commands: commands.map(onLead).sort((one, other) => one.t - other.t),
    arrangements: lines<NodesArrangement>(`${folder}/arranged.jsonl`),
  };
}

const LEAD = 'master-1';

/** A flight has errors as plans have them. */
function withMessages({ phases = {}, ...frame }: NodesFrame): NodesFrame {
  const told = Object.entries(phases).map(([id, { error, ...phase }]) => {
    const message = typeof error === 'object' ? error.error?.message : error;
    return [id, { ...phase, ...(message === undefined ? {} : { error: message }) }];
  });
  return { ...frame, phases: Object.fromEntries(told) };
}

function lookAtStatus(t: number, { rc, json }: { rc: number; json: unknown }): NodesCommand {
  const argv = ['gravity', 'status', '--output=json'];
  return { t, node: LEAD, argv, rc, seconds: 0, stdout: JSON.stringify(json), stderr: '' };
}

function lines<Line>(path: string): Line[] {
  if (!recordings(path.split('/').slice(0, 2).join('/')).includes(path)) return [];
  const all = recordingText(path).split('\n');
  return all.filter((line) => line !== '').map((line): Line => JSON.parse(line));
}

/** The wall time of the moment 0 of a recording, in milliseconds: no reading was there before what it read. */
export function beginningOf(frames: readonly NodesFrame[]): number {
  const stamps = frames.flatMap(({ t, phases = {} }) =>
    Object.values(phases).map(({ updated = '' }) => Date.parse(updated) - t * 1000),
  );
  return Math.round(Math.max(...stamps.filter((stamp) => Number.isFinite(stamp))));
}

/** When work on each phase came to an end, in milliseconds, as any copy tells it. */
export function endsOf(frames: readonly NodesFrame[]): ReadonlyMap<string, number[]> {
  const ends = new Map<string, Set<number>>();
  for (const { phases = {} } of frames)
    for (const [id, { state, updated = '' }] of Object.entries(phases)) {
      if (state === 'in_progress' || state === undefined) continue;
      ends.set(id, (ends.get(id) ?? new Set()).add(Date.parse(updated)));
    }
  return new Map([...ends].map(([id, times]) => [id, [...times].sort((one, other) => one - other)]));
}
