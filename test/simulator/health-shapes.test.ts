import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HealthEndpoint } from './ask-health.ts';
import { recordedAnswers } from './health-recordings.ts';
import { brokenRules } from './health-shapes.ts';
import { answersIn, HEALTH_SITUATIONS } from './health-situations.ts';
import { type RunningCluster, runningCluster } from './running-cluster.ts';

test.each(recordedAnswers())('the real endpoint keeps every rule in $name', ({ answered }) => {
  expect(brokenRules(answered)).toEqual([]);
});

describe.each(['master-1', 'worker-1'] as const)('the simulated endpoint of %s', (host) => {
  let flown: RunningCluster;
  let endpoint: HealthEndpoint;
  beforeAll(async () => {
    flown = await runningCluster(120, host);
    endpoint = { ...flown.doors, role: host === 'master-1' ? 'master' : 'node' };
  });
  afterAll(() => flown.close());

  test.each(HEALTH_SITUATIONS)('keeps every rule with $title', async (situation) => {
    for (const answered of await answersIn(flown, endpoint, situation)) {
      expect(brokenRules(answered)).toEqual([]);
    }
  });
});
