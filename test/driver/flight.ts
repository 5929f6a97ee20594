import { recordings, recordingText } from '../recordings.ts';

type Leaf = { state?: string; updated?: string; error?: unknown };
type Row = {
  t: number;
  command?: unknown;
  exit?: unknown;
  phases?: Record<string, Leaf>;
  status?: { rc: number; json: unknown };
};
type Node = { id: string; phases?: Node[] } & Leaf;

export type FlightAnswer = { stdout: string; stderr: string; exitCode: number };

/** A recorded upgrade (recordings/README.md): what gravity would have answered `t` seconds into it. */
export type Flight = {
  name: string;
  /** The last second of it. */
  end: number;
  answer(argv: readonly string[], t: number): FlightAnswer;
  /** When a command was given and when it ended, in seconds. */
  commands: { began: number; ended: number }[];
  /** `gravity plan --output=json` at that instant. */
  plan(t: number): string;
  /** The state of every leaf at that instant, by its id: read from the recording, with no code of ours. */
  states(t: number): Map<string, string>;
};

/** Every flight that was recorded. */
export function flightNames(): string[] {
  return recordings('flights')
    .filter((path) => path.endsWith('/plan.json'))
    .map((path) => path.split('/')[1] ?? '');
}

export function loadFlight(name: string): Flight {
  const start = recordingText(`flights/${name}/plan.json`);
  const history = recordingText(`flights/${name}/history.txt`);
  const rows = recordingText(`flights/${name}/frames.jsonl`)
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Row => JSON.parse(line));
  const plan = (t: number) => {
    const document = JSON.parse(start);
    const leaves = new Map<string, Node>();
    collect(document.phases, leaves);
    for (const row of rows)
      if (row.t <= t) for (const [id, leaf] of Object.entries(row.phases ?? {})) put(leaves.get(id), leaf);
    return document;
  };
  const text = (t: number) => JSON.stringify(plan(t), null, 2);
  const status = (t: number) => rows.findLast((row) => row.t <= t && row.status !== undefined)?.status;
  const answers: Record<string, (t: number) => FlightAnswer> = {
    'version --output=json': () =>
      printed(JSON.stringify({ version: JSON.parse(start).gravity_package?.version })),
    'plan --output=json': (t) => printed(text(t)),
    'status --output=json': (t) => {
      const { rc, json } = status(t) ??
        rows.find((row) => row.status !== undefined)?.status ?? { rc: 0, json: {} };
      return { ...printed(json === null ? '' : JSON.stringify(json)), exitCode: rc };
    },
    'status history': () => printed(history),
  };
  return {
    name,
    end: rows.at(-1)?.t ?? 0,
    commands: rows
      .filter((row) => row.command !== undefined)
      .map(({ t }) => ({ began: t, ended: rows.find((row) => row.t > t && row.exit !== undefined)?.t ?? t })),
    plan: text,
    states(t) {
      const leaves = new Map<string, Node>();
      collect(plan(t).phases, leaves);
      return new Map([...leaves].map(([id, leaf]) => [id, leaf.state ?? 'unstarted']));
    },
    answer: (argv, t) => answers[argv.join(' ')]?.(t) ?? refused,
  };
}

const refused: FlightAnswer = {
  stdout: '',
  stderr: '\u001b[31m[ERROR]: failed to resolve gravity-site.kube-system.svc.cluster.local:3009\n\u001b[0m',
  exitCode: 255,
};

function printed(stdout: string): FlightAnswer {
  return { stdout, stderr: '', exitCode: 0 };
}

/** A key that is absent in a frame is absent in the answer. */
function put(node: Node | undefined, leaf: Leaf): void {
  if (node === undefined) throw new Error('the flight names a phase its plan does not have');
  for (const key of ['state', 'updated', 'error'] as const) {
    if (leaf[key] === undefined) delete node[key];
    else Object.assign(node, { [key]: leaf[key] });
  }
}

function collect(phases: readonly Node[], into: Map<string, Node>): void {
  for (const phase of phases) {
    if (phase.phases === undefined || phase.phases.length === 0) into.set(phase.id, phase);
    else collect(phase.phases, into);
  }
}
