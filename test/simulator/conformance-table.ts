import { ARTEFACTS } from './artefacts.ts';
import { compareCli, compareStory } from './compare-commands.ts';
import { compareDisplay, recordedDisplays } from './display-conformance.ts';
import { compareScript, ENGINE_SCRIPTS } from './engine-conformance.ts';
import { type HealthComparison, healthConformance } from './health-conformance.ts';

/** What one part of the simulated cluster was held against: how much, and what differs. */
export type ConformanceRow = { what: string; against: string; all: number; differences: string[] };

/** Differences that are known, by the name of what differs, with the reason. */
const REASONS: Readonly<Record<string, string>> = { ...ARTEFACTS };

/** What differs from the real thing, or was built without a recording, and is counted nowhere above. */
const UNCOMPARED = [
  'TLS alerts: to a client without a certificate the door sends `certificate required` (TLS 1.3) or `handshake failure` (1.2), the real one `bad certificate`; a foreign certificate is cut off without an alert. The runtime’s TLS offers no choice.',
  'Certificates carry ECDSA keys, the real ones RSA. gRPC on the health port, `:7580/metrics` and the reaping of a failed member after a day are not there.',
  'Texts no recording holds, written after Gravity’s public source or the usual words of its libraries: agent deploy and status, resume through its unit, a locked database, dark etcd, a full disk, an agent lost in a call, a deleted working directory.',
  'The seconds that plan and status take longer while etcd is dark, and `local_checks`, are left out.',
];

/** Runs every comparison with the recordings, by the same code as the tests. */
export async function conformance(): Promise<ConformanceRow[]> {
  const scripts = (await Promise.all(ENGINE_SCRIPTS.map(compareScript))).flat();
  const displays = recordedDisplays().map(compareDisplay);
  const story = await compareStory();
  const cli = await compareCli();
  const health = await healthConformance();
  return [
    row('engine commands', `${ENGINE_SCRIPTS.length} scripts of engine/`, scripts),
    row('story commands', 'story/', story),
    row('other commands', 'cli/', cli),
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
