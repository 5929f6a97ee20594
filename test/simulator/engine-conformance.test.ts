import { describe, expect, test } from 'vitest';
import { type PlanDocument, readPlanDocument } from '../../src/simulator/plan-document.ts';
import { runScript } from '../../src/simulator/script/run-script.ts';
import { recordings, recordingText } from '../recordings.ts';

/** What a recorded command says; the generated scripts call the changelog `changelog` and leave standard error out. */
type Recorded = Record<string, unknown> & { command: string; stdout: string };

const scripts = recordings('engine').filter((path) => path.endsWith('.script'));

describe('every recorded script gives, command by command, what the real engine gave', () => {
  test.each(scripts)('%s', async (path) => {
    const recorded: Recorded[] = JSON.parse(recordingText(path.replace(/script$/, 'json')));
    const answers = await runScript(planOf(path), recordingText(path));
    expect(answers.map(({ command }) => command)).toEqual(recorded.map(({ command }) => command));
    for (const [index, answer] of answers.entries()) {
      const theirs = recorded[index];
      if (theirs === undefined) throw new Error('the recording is shorter');
      expect({ at: index, ...comparable({ ...answer }) }).toEqual({ at: index, ...comparable(theirs) });
    }
  });
});

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
