import { describe, test } from 'vitest';
import { executeStories } from './stories-execute.ts';
import { rollbackStories } from './stories-rollback.ts';
import { tell } from './story.ts';

const groups = { 'executing and resuming': executeStories, 'rolling back': rollbackStories };

for (const [group, stories] of Object.entries(groups))
  describe(`why, when ${group}`, () => {
    for (const story of stories) test(`${story.row}: ${story.name}`, () => tell(story));
  });
