import { recordedAnswers } from './health-recordings.ts';
import { brokenRules } from './health-shapes.ts';
import { answersIn, HEALTH_SITUATIONS } from './health-situations.ts';
import { runningCluster } from './running-cluster.ts';

/** One answer held against every rule: where it is from and what it breaks. */
export type HealthComparison = { name: string; broken: { rule: string; wrong: string }[] };

/** Both sides of the shape test: every recorded answer, and the simulated ones of a master and a worker in every situation. */
export async function healthConformance(): Promise<{
  recorded: HealthComparison[];
  simulated: HealthComparison[];
}> {
  const recorded = recordedAnswers().map(({ name, answered }) => ({ name, broken: brokenRules(answered) }));
  const simulated: HealthComparison[] = [];
  for (const [host, role] of [
    ['master-1', 'master'],
    ['worker-1', 'node'],
  ] as const) {
    const flown = await runningCluster(120, host);
    try {
      for (const situation of HEALTH_SITUATIONS) {
        const answers = await answersIn(flown, { ...flown.doors, role }, situation);
        for (const answered of answers) {
          const name = `${answered.path} of ${host}: ${situation.title}`;
          simulated.push({ name, broken: brokenRules(answered) });
        }
      }
    } finally {
      await flown.close();
    }
  }
  return { recorded, simulated };
}
