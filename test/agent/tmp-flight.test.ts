import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { outagesOf } from '../../src/model/outage/outages.ts';
import { ann, flownCluster } from '../driver/flown-cluster.ts';

it.each([[1 / 6], [1]])('share %d', { timeout: 400_000 }, async (share) => {
  const flown = await flownCluster(share);
  await flown.do(ann, 'autopilot.arm');
  let last = '';
  await flown.until(({ autopilot }) => {
    const said = autopilot?.sentence ?? '';
    if (said !== last) last = said;
    return autopilot?.state === 'paused';
  });
  await flown.time.advance(400_000);
  const state = flown.state();
  writeFileSync(`/tmp/outage-flight-${share < 1 ? 6 : 1}.json`, JSON.stringify({ state, events: flown.events }));
  expect(state.autopilot?.hold).toBe('last');
  const outages = outagesOf(state);
  const lines = state.history.map((event) => `${event.at.slice(11, 23)} ${event.kind} ${event.node} ${event.checker ?? ''} -> ${JSON.stringify(outages.causeOfEvent(event))} until ${outages.expectedUntil(event)}`);
  writeFileSync(`/tmp/outage-flight-${share < 1 ? 6 : 1}.txt`, lines.join('\n'));
});
