import { isDeepStrictEqual } from 'node:util';
import { type PlanDocument, readPlanDocument } from '../../src/simulator/plan-document.ts';
import { runScript } from '../../src/simulator/script/run-script.ts';
import { recordings, recordingText } from '../recordings.ts';

/** What a recorded command says; the generated scripts call the changelog `changelog` and leave standard error out. */
type Recorded = Record<string, unknown> & { command: string; stdout: string };

/** One command of a script beside what the real engine did. */
export type EngineComparison = { name: string; equal: boolean; said: unknown; wanted: unknown };

/** Every recorded script of the engine. */
export const ENGINE_SCRIPTS = recordings('engine').filter((path) => path.endsWith('.script'));

/** Runs a recorded script and holds each of its commands against the recording. */
export async function compareScript(path: string): Promise<EngineComparison[]> {
  const recorded: Recorded[] = JSON.parse(recordingText(path.replace(/script$/, 'json')));
  const answers = await runScript(planOf(path), recordingText(path));
  return Array.from({ length: Math.max(recorded.length, answers.length) }, (_, index) => {
    const [answer, theirs] = [answers[index], recorded[index]];
    const said = answer === undefined ? null : comparable({ ...answer });
    const wanted = theirs === undefined ? null : comparable(theirs);
    const name = `${path}, command ${index + 1}: ${theirs?.command ?? ''}`;
    return { name, equal: isDeepStrictEqual(said, wanted), said, wanted };
  });
}

/** How long it took and when it was are the machine's, not the engine's. */
function comparable(entry: Recorded): Record<string, unknown> {
  return {
    command: entry.command,
    exit_code: entry['exit_code'],
    user_message: entry['user_message'] ?? null,
    stdout: entry.stdout
      .replace(/finished in (now|[^\n]*)/g, 'finished in SPAN')
      .replace(/\w{3} \w{3} [ \d]\d \d\d:\d\d UTC/g, 'WHEN')
      // What the operation last said of itself is printed a second into a run, wherever the run then is.
      .replace(/^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d UTC\t.*\n/gm, ''),
    changelog: entry['changelog_added'] ?? entry['changelog'] ?? [],
    changed_states: entry['changed_states'] ?? {},
    operation_state: entry['operation_state'],
    cluster_state: entry['cluster_state'],
  };
}

function planOf(script: string): PlanDocument {
  const generated = /random\/\d+-(.*)\.script$/.exec(script);
  const path =
    generated === null ? script.replace(/script$/, 'plan.json') : `engine/random/plan-${generated[1]}.json`;
  const read = readPlanDocument(recordingText(path));
  if ('refused' in read) throw new Error(read.refused);
  return read.plan;
}
