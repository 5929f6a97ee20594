import { describe, expect, test } from 'vitest';
import { goJson } from '../../src/simulator/go-json.ts';
import { updatePlan } from '../../src/simulator/plan/update-plan.ts';
import { recordingText } from '../recordings.ts';

const clusters = [
  { name: 'fresh-1m', masters: 1, workers: 0 },
  { name: 'fresh-3m', masters: 3, workers: 0 },
  { name: 'fresh-3m2w', masters: 3, workers: 2 },
  { name: 'fresh-3m60w', masters: 3, workers: 60 },
];

describe('an update plan is made as gravity makes it, byte for byte', () => {
  test.each(clusters)('$name', ({ name, masters, workers }) => {
    const plan = updatePlan({
      masters,
      workers,
      operationId: '5b1b4a0a-6a3e-4d3d-9d3c-2f1b2f3a4c5d',
      cluster: 'demo.example.com',
      createdMs: Date.parse('2020-11-20T14:30:00Z'),
    });
    expect(goJson(plan, 2)).toBe(recordingText(`plans/${name}.json`));
  });
});
