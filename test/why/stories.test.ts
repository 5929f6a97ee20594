import { describe, expect, test } from 'vitest';
import { reasons } from '../../src/model/why/reasons.ts';
import { autopilotStories } from './stories-autopilot.ts';
import { executeStories } from './stories-execute.ts';
import { failedStories } from './stories-failed.ts';
import { leafStories } from './stories-leaf.ts';
import { lockStories } from './stories-locks.ts';
import { nodeStories } from './stories-node.ts';
import { progressStories } from './stories-progress.ts';
import { rollbackStories } from './stories-rollback.ts';
import { upgradeStories } from './stories-upgrade.ts';
import { wholeStories } from './stories-whole.ts';
import { tell } from './story.ts';

const groups = {
  'executing and resuming': executeStories,
  'rolling back': rollbackStories,
  'starting an upgrade': upgradeStories,
  'something else is on': lockStories,
  'a leaf does not move': progressStories,
  'a leaf failed': failedStories,
  'a leaf waits': leafStories,
  'there is an autopilot': autopilotStories,
  'the whole is asked about': wholeStories,
  'a node is asked about': nodeStories,
};

for (const [group, stories] of Object.entries(groups))
  describe(`why, when ${group}`, () => {
    for (const story of stories) test(`${story.row}: ${story.name}`, () => tell(story));
  });

test('every reason has a story', () => {
  const told = new Set(Object.values(groups).flatMap((stories) => stories.map(({ row }) => row)));
  // Of a group the leaf that matters answers, under the name of its own reason.
  const untold = reasons.map(({ id }) => id).filter((id) => id !== 'group' && !told.has(id));
  expect(untold).toEqual([]);
});
