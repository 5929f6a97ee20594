import { expect, test } from 'vitest';
import { fault } from '../../src/simulator/fault.ts';
import { recordingText } from '../recordings.ts';
import { masked } from './masked.ts';
import { steady } from './recorded-command.ts';
import { untouchedPlan } from './recorded-plan.ts';
import { openStage } from './stage.ts';
import { RECORDED_VERSION } from './story.ts';

type Flown = { argv: string[]; rc: number; stdout: string; stderr: string };

/** recordings/flights/drain-fails: each phase took 0.7 s, and the drain of master-2 failed until it was rolled back. */
test('the commands of a whole flight say what they said', async () => {
  const stage = await openStage({
    plan: untouchedPlan('flights/drain-fails/plan.json'),
    situations: ['recorded'],
    duration: () => 700,
  });
  stage.cluster.gravityVersion = RECORDED_VERSION;
  const held = 'pod shop/shop-db-0 could not be evicted: disruption budget shop-db allows 0 disruptions';
  stage.cluster.world.arranged.set('/masters/master-2/drain', {
    execute: fault(`error draining node master-2: ${held}`),
  });
  for (const { argv, rc, stdout, stderr } of flown()) {
    const words = argv.slice(1);
    if (words[1] === 'rollback') stage.cluster.world.arranged.clear();
    const said = steady(await stage.gravity(words));
    expect({ words, ...said }).toEqual({ words, code: rc, stdout: masked(stdout), stderr: masked(stderr) });
  }
  await stage.close();
});

function flown(): Flown[] {
  const lines = recordingText('flights/drain-fails/commands.jsonl').split('\n');
  return lines.filter((line) => line !== '').map((line): Flown => JSON.parse(line));
}
