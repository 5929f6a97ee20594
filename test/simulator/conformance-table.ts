import { ARTEFACTS } from './artefacts.ts';
import { compareCli, compareStory } from './compare-commands.ts';
import { compareDisplay, recordedDisplays } from './display-conformance.ts';
import { compareScript, ENGINE_SCRIPTS } from './engine-conformance.ts';
import { type HealthComparison, healthConformance } from './health-conformance.ts';
import { compareNodes, type NodesComparisons } from './nodes-conformance.ts';
import { NODES_RECORDINGS } from './nodes-recording.ts';
import { compareNodesScript, isToldOneByOne } from './nodes-script.ts';

/** What one part of the simulated cluster was held against: how much, and what differs. */
export type ConformanceRow = { what: string; against: string; all: number; differences: string[] };

/** Differences that are known, by the name of what differs, with the reason. */
const REASONS: Readonly<Record<string, string>> = { ...ARTEFACTS };

/** What differs from the real thing, or was built without a recording, and is counted nowhere above. */
const UNCOMPARED = [
  'TLS alerts: to a client without a certificate the door sends `certificate required` (TLS 1.3) or `handshake failure` (1.2), the real one `bad certificate`; a foreign certificate is cut off without an alert. The runtime’s TLS offers no choice.',
  'Certificates carry ECDSA keys, the real ones RSA. gRPC on the health port, `:7580/metrics` and the reaping of a failed member after a day are not there.',
  'Texts no recording holds, written after Gravity’s public source or the usual words of its libraries: agent deploy and status, resume through its unit, a locked database, dark etcd, a full disk, a deleted working directory.',
  'Of several nodes: how long things take (a leaf ends when it ended there, a look fits when it would have fitted within 4 s before or 2 s after, a phase that a reading says is changing just then is left out, “Still executing” lines too), which signal killed a command, and of status the token, the build, Teleport and an installation before.',
  'Artefacts beside those above: story/60 is the command whose remote part lived on, and the frames of flights/drain-fails show remote phases in progress and failed on the lead, because one database was all nodes’; only its commands are compared.',
  'The seconds that plan and status take longer while etcd is dark, and `local_checks`, are left out.',
];

/** Runs every comparison with the recordings, by the same code as the tests. */
export async function conformance(): Promise<ConformanceRow[]> {
  const scripts = (await Promise.all(ENGINE_SCRIPTS.map(compareScript))).flat();
  const displays = recordedDisplays().map(compareDisplay);
  const story = await compareStory();
  const cli = await compareCli();
  const health = await healthConformance();
  const nodes: NodesComparisons[] = [];
  for (const folder of NODES_RECORDINGS) nodes.push(await compareNodes(folder));
  const told = NODES_RECORDINGS.filter(isToldOneByOne);
  const scripted = (await Promise.all(told.map(compareNodesScript))).flat();
  const against = `${NODES_RECORDINGS.length} recordings of nodes/ and flights/`;
  return [
    row('engine commands', `${ENGINE_SCRIPTS.length} scripts of engine/`, scripts),
    row('story commands', 'story/', story),
    row('other commands', 'cli/', cli),
    row(
      'commands on several nodes',
      against,
      nodes.flatMap(({ commands }) => commands),
    ),
    row(
      'copies of the plan before each command',
      against,
      nodes.flatMap(({ copies }) => copies),
    ),
    row(
      'phases in each copy throughout',
      against,
      nodes.flatMap(({ histories }) => histories),
    ),
    row('the same one by one, by `simulate script`', `${told.length} of them`, scripted),
    row('displays of a plan', 'plans/', displays),
    row('health: recorded answers', 'satellite/, by the rules', health.recorded.map(keeps)),
    row('health: simulated answers', 'the same rules', health.simulated.map(keeps)),
  ];
}

function row(
  what: string,
  against: string,
  all: readonly { name: string; equal: boolean }[],
): ConformanceRow {
  const differences = all.filter(({ equal }) => !equal).map(({ name }) => name);
  return { what, against, all: all.length, differences };
}

function keeps({ name, broken }: HealthComparison): { name: string; equal: boolean } {
  return {
    name: [name, ...broken.map(({ rule, wrong }) => `${rule}: ${wrong}`)].join('; '),
    equal: broken.length === 0,
  };
}

/** What differs without a reason. */
export function unexplained(rows: readonly ConformanceRow[]): string[] {
  return rows.flatMap(({ differences }) => differences).filter((name) => REASONS[name] === undefined);
}

/** docs/conformance.md. */
export function conformancePage(rows: readonly ConformanceRow[]): string {
  const lines = rows.map(
    ({ what, against, all, differences }) =>
      `| ${what} | ${against} | ${all} | ${all - differences.length} | ${differences.length} |`,
  );
  const named = rows.flatMap(({ differences }) =>
    differences.map(
      (name) => `- \`${name}\`: ${REASONS[name] ?? 'no reason is known: a mistake of the simulator'}`,
    ),
  );
  return `# How the simulated cluster conforms

Written by \`npm run conformance\`, which holds the simulated cluster against what was recorded from real programs
(test/recordings) by the same code as the tests. Masked are instants, spans, traces, ids and local ports. Lines that come
with the second and tell what the operation says of itself are compared in their order, apart from the others; in the
engine's scripts, where nothing is waited for, they are left out.

| what | against | compared | equal | different |
| --- | --- | --- | --- | --- |
${lines.join('\n')}

## Differences

${named.length === 0 ? 'None.' : named.join('\n')}

## What no row compares

${UNCOMPARED.map((line) => `- ${line}`).join('\n')}
`;
}
