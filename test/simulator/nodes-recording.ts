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

export type SeenPhase = { state?: string; updated?: string; error?: string };

/** What was another in one copy than a moment before; `t` is up to 1.5 s late. */
export type NodesFrame = {
  t: number;
  node: string;
  phases?: Record<string, SeenPhase>;
  /** Of etcd: the states of the operation and the cluster. */
  operation?: string;
  cluster?: string;
};

/** What was arranged when: `rules` are `PHASE WHAT` to its text or number, null where it is repaired. */
export type NodesArrangement = {
  t: number;
  arranged: string;
  rules?: Record<string, string | null>;
  seconds?: number;
};

/** Every folder of recordings/nodes. */
export const NODES_RECORDINGS = [
  ...new Set(
    recordings('nodes')
      .map((path) => path.split('/').slice(0, 2).join('/'))
      .filter((path) => !path.endsWith('.md')),
  ),
];

export function nodesLines<Line>(path: string): Line[] {
  const lines = recordingText(path).split('\n');
  return lines.filter((line) => line !== '').map((line): Line => JSON.parse(line));
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
