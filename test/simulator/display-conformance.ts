import { planShort, planText } from '../../src/simulator/display/plan-table.ts';
import { planYaml } from '../../src/simulator/display/plan-yaml.ts';
import { shownPlan } from '../../src/simulator/display/shown-plan.ts';
import { goJson } from '../../src/simulator/go-json.ts';
import { instantClock } from '../../src/simulator/instant-clock.ts';
import { type PlanDocument, readPlanDocument } from '../../src/simulator/plan-document.ts';
import { createWorld, statesOn } from '../../src/simulator/world.ts';
import { recordings, recordingText } from '../recordings.ts';

/** One recorded display of a plan beside the simulated one. */
export type DisplayComparison = { name: string; equal: boolean; said: string; wanted: string };

type Display = (plan: PlanDocument, states: ReturnType<typeof statesOn>) => string;

const FORMATS: Readonly<Record<string, Display>> = {
  json: (plan, states) => goJson(shownPlan(plan, states), 2),
  txt: planText,
  short: planShort,
  yaml: planYaml,
};

/** Recorded by the executable itself: the document, and its YAML. */
const BY_HAND = [{ document: 'cli/plan-json.stdout', format: 'yaml', shown: 'cli/plan-yaml.stdout' }];

/** Every recorded display with the document it shows. */
export function recordedDisplays(): { document: string; format: string; shown: string }[] {
  const all = recordings('plans');
  const documents = all.filter((path) => path.endsWith('.json'));
  const beside = documents.flatMap((document) =>
    Object.keys(FORMATS).map((format) => ({
      document,
      format,
      shown: document.replace(/json$/, format),
    })),
  );
  return [...beside.filter(({ shown }) => all.includes(shown)), ...BY_HAND];
}

/** Shows a recorded document again. */
export function compareDisplay({
  document,
  format,
  shown,
}: ReturnType<typeof recordedDisplays>[number]): DisplayComparison {
  const read = readPlanDocument(recordingText(document));
  if ('refused' in read) throw new Error(read.refused);
  const { plan } = read;
  const world = createWorld({ plan, clock: instantClock(Date.parse(plan.created_at)) });
  const said = FORMATS[format]?.(world.plan, statesOn(world, plan.servers[0]?.hostname ?? '')) ?? '';
  const wanted = recordingText(shown);
  return { name: shown, equal: said === wanted, said, wanted };
}
