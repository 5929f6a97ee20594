import { expect } from 'vitest';
import { refused, type Story } from './story.ts';
import type { StoryStage } from './story-stage.ts';

/** All an upgrade that begins nothing prints: about probes it says the reason on standard output. */
async function upgrade(stage: StoryStage, on?: string): Promise<string> {
  const { code, out, err } = await (on === undefined
    ? stage.gravity('upgrade')
    : stage.gravityOn(on, 'upgrade'));
  expect(code).toBe(255);
  return `${out}${err}`;
}

/** No upgrade is simulated to its beginning: nothing is in its way when all that is left is that there is no newer image. */
async function isFree(stage: StoryStage): Promise<void> {
  expect(await upgrade(stage)).toContain('is already at the latest version');
}

const closed = async (stage: StoryStage) => {
  await stage.gravity('plan', 'resume', '--block');
};
const idle = { masters: 3, workers: 2 };

function situation(row: string, name: string, says: RegExp): Story {
  return {
    row,
    name: `the situation ${name}`,
    stage: idle,
    arrange: async (stage) => {
      await closed(stage);
      await stage.say('situation', name, 'on');
      return upgrade(stage);
    },
    says,
    next: { what: 'hand' },
    take: (stage) => stage.say('situation', name, 'off'),
    freed: isFree,
  };
}

/** Refusals of `gravity upgrade` (commands.md 3.2). */
export const upgradeStories: readonly Story[] = [
  {
    row: 'upgrade.degraded',
    name: 'a node has a failed probe',
    arrange: async (stage) => {
      await closed(stage);
      await stage.say('probe', 'worker-1', 'docker', 'failed', 'docker.sock: connection refused');
      await stage.look();
      return upgrade(stage);
    },
    says: /worker-1: docker has failed/,
    next: { what: 'hand' },
    take: (stage) => stage.say('probe', 'worker-1', 'docker', 'running'),
    freed: isFree,
  },
  {
    row: 'upgrade.degraded',
    name: 'the sentence alone, which says nothing of the node',
    arrange: async (stage) => {
      await closed(stage);
      await stage.say('probe', 'worker-1', 'docker', 'failed', 'docker.sock: connection refused');
      await stage.look();
      return refused(stage, 'upgrade');
    },
    says: /worker-1: docker has failed/,
    next: { what: 'hand' },
    take: (stage) => stage.say('probe', 'worker-1', 'docker', 'running'),
    freed: isFree,
  },
  {
    row: 'upgrade.warnings',
    name: 'a node warns of its disk',
    arrange: async (stage) => {
      await closed(stage);
      await stage.say('disk', 'worker-1', '85');
      await stage.look();
      return upgrade(stage);
    },
    says: /worker-1: .*disk/,
    next: { what: 'hand' },
    take: (stage) => stage.say('disk', 'worker-1', '40'),
    freed: isFree,
  },
  {
    row: 'upgrade.not-active',
    name: 'another operation is on',
    arrange: (stage) => upgrade(stage),
    says: /the cluster is updating/,
    next: { what: 'action', action: 'operation.step' },
    freed: async (stage) => {
      await closed(stage);
      await isFree(stage);
    },
  },
  {
    row: 'upgrade.previous',
    name: 'the upgrade before was closed half-way',
    arrange: async (stage) => {
      await stage.gravity('plan', 'execute', '--phase=/init');
      await stage.gravity('plan', 'complete');
      await stage.look();
      return upgrade(stage);
    },
    says: /neither completed nor fully rolled back/,
    next: { what: 'action', action: 'operation.step' },
    freed: async (stage) => {
      await stage.do('operation.rollback');
      await isFree(stage);
    },
  },
  situation('upgrade.downgrade', 'image-older', /installed is/),
  situation('upgrade.intermediate', 'image-lacks-steps', /installed is/),
  situation('upgrade.unsupported', 'image-unsupported', /installed is/),
  situation('upgrade.other-application', 'image-foreign', /installed is/),
  situation('upgrade.application-layer', 'tiller-broken', /before anything is touched/),
  situation('upgrade.application-layer', 'environment-broken', /before anything is touched/),
  {
    row: 'upgrade.latest',
    name: 'there is no newer image in the cluster',
    arrange: async (stage) => {
      await closed(stage);
      await stage.look();
      return upgrade(stage);
    },
    says: /installed is shop 2\.5\.0/,
    next: { what: 'hand' },
    freed: async () => {},
  },
  {
    row: 'upgrade.teleport',
    name: 'a node is not reached by Teleport',
    arrange: async (stage) => {
      await closed(stage);
      await stage.say('power', 'worker-2', 'off');
      await stage.look();
      return upgrade(stage);
    },
    says: /remote access|Teleport is unavailable/,
    next: { what: 'hand' },
    take: (stage) => stage.say('power', 'worker-2', 'on'),
    freed: isFree,
  },
  {
    row: 'place.not-a-master',
    name: 'the upgrade is started on a worker',
    arrange: async (stage) => {
      await closed(stage);
      await stage.look();
      return upgrade(stage, 'worker-1');
    },
    says: /one of the master nodes/,
    next: { what: 'hand' },
    freed: isFree,
  },
];
