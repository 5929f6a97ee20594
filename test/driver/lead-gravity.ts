import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../src/console/client.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import { awaitState, type Rig } from './agent-rig.ts';

/**
 * Makes a rig's gravity that of a lead with several real nodes (recordings/nodes): what it prints and when its plan moves.
 * `script` is shell with the words below; every phase waits for `goes(rig, PHASE)`.
 *   begin PHASE NODE     prints "Executing", "locally" for `-`, and waits; the plan does not move for another node
 *   back PHASE NODE      the same of a rollback
 *   done PHASE STATE     the coordinator's entry
 *   fails PHASE TEXT     what gravity says when the remote part failed, exit code 255
 *   says TEXT            any other error, exit code 255
 * `fetched` is what the copy of the plan learns when it is reconciled, with the same words.
 */
export function leadGravity(rig: Rig, script: string, fetched = ''): void {
  const tool = `import { readFileSync, renameSync, writeFileSync } from 'node:fs';
const [dir, leaf, state] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(dir + '/plan.json', 'utf8'));
const set = (phase) => {
  if (phase.id === leaf) Object.assign(phase, { state, updated: new Date().toISOString(), error: undefined });
  for (const child of phase.phases ?? []) set(child);
};
plan.phases.forEach(set);
writeFileSync(dir + '/plan.new', JSON.stringify(plan));
renameSync(dir + '/plan.new', dir + '/plan.json');
`;
  writeFileSync(join(rig.dir, 'set.mjs'), tool);
  rig.acts(`dir=${rig.dir}
echo $$ > $dir/gravity.pid
done_() { ${process.execPath} $dir/set.mjs $dir "$1" "$2"; }
flag() { echo "$1" | tr / _; }
where() { if [ "$1" = - ]; then echo locally; else echo "on $2node $1"; fi; }
waits() { while [ -d $dir ] && [ ! -e $dir/go$(flag $1) ]; do sleep 0.05; done; }
begin() { echo "Executing \\"$1\\" $(where $2 'remote ')"; if [ "$2" = - ]; then done_ $1 in_progress; fi; waits $1; }
back() { echo "Rolling back \\"$1\\" $(where $2 '')"; waits $1; }
fails() {
  printf '\\033[31m[ERROR]: failed to execute command [plan execute --phase %s --operation-id 5b1b4a0a]: \\033[31m[ERROR]: %s\\n\\033[0m\\n\\trpc error: code = Unknown desc = exit status 255\\n\\033[0m' "$1" "$2" >&2
  exit 255
}
says() { printf '\\033[31m[ERROR]: %s\\n\\033[0m' "$1" >&2; exit 255; }
case "$*" in *--phase=/reconcile-only-no-such-phase*)
  ${fetched || ':'}
  says 'phase "/reconcile-only-no-such-phase" not found';;
esac
${script}
`);
}

/** Lets a phase that waits come to its end. */
export function goes(rig: Rig, phase: string): void {
  appendFileSync(join(rig.dir, `go${phase.replaceAll('/', '_')}`), '');
}

/** Sets states in the rig's plan before anything has read it. */
export function planStates(rig: Rig, states: Readonly<Record<string, string>>): void {
  type Node = { id: string; phases?: Node[] };
  const path = join(rig.dir, 'plan.json');
  const plan: { phases: Node[] } = JSON.parse(readFileSync(path, 'utf8'));
  const set = (phase: Node): void => {
    if (states[phase.id] !== undefined) Object.assign(phase, { state: states[phase.id], error: undefined });
    phase.phases?.forEach(set);
  };
  plan.phases.forEach(set);
  writeFileSync(path, JSON.stringify(plan));
}

/** Judges and starts a row as a driver does; the id of its run. */
export async function starts(client: Client, action: string, args: Record<string, unknown>): Promise<string> {
  await awaitState(client, ({ plan, status }) => plan !== null && status !== null);
  const judgement = await client.judge(action, args);
  if (!judgement.ok) throw new Error(judgement.failure.message);
  if (!judgement.value.allowed) throw new Error(judgement.value.reason ?? 'refused');
  const { id: judgementId, confirm } = judgement.value;
  const word = confirm.kind === 'type' && confirm.word !== null ? { word: confirm.word } : {};
  const answer = await client.start({
    judgementId,
    requestId: `${action} ${judgementId}`,
    drive: true,
    ...word,
  });
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.value.id;
}

/** The cluster once it is so. */
export function awaitCluster(client: Client, isSo: (cluster: Cluster) => boolean): Promise<Cluster> {
  return awaitState(client, (cluster) => (isSo(cluster) ? cluster : null));
}
