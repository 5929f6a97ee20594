import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rig } from './agent-rig.ts';

/**
 * Gives a rig's gravity a plan that moves: `plan execute` and `plan rollback` of a leaf pass through in_progress to
 * their end, as gravity records them. `when` are lines of shell run in between, with `$leaf` the phase and `$verb` what is done to it.
 */
export function movesPlan(rig: Rig, when = ''): void {
  writeFileSync(
    join(rig.dir, 'set.mjs'),
    `import { readFileSync, renameSync, writeFileSync } from 'node:fs';
const [dir, leaf, state] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(dir + '/plan.json', 'utf8'));
const set = (phase) => {
  if (phase.id === leaf) Object.assign(phase, { state, updated: new Date().toISOString(), error: undefined });
  for (const child of phase.phases ?? []) set(child);
};
plan.phases.forEach(set);
writeFileSync(dir + '/plan.new', JSON.stringify(plan));
renameSync(dir + '/plan.new', dir + '/plan.json');
`,
  );
  rig.acts(`dir=${rig.dir}
set_state() { ${process.execPath} $dir/set.mjs $dir "$leaf" "$1"; }
verb=$2
for word in "$@"; do case $word in --phase=*) leaf=\${word#--phase=};; esac; done
set_state in_progress
${when}
case $verb in rollback) set_state rolled_back;; *) set_state completed;; esac
`);
}
