import { expect } from 'vitest';
import { refused, type Story, works } from './story.ts';
import type { StoryStage } from './story-stage.ts';

const closed = (stage: StoryStage) => stage.gravity('plan', 'resume', '--block');
/** What a free cluster says to a command whose operation is not simulated. */
const free = async (stage: StoryStage, words: string) =>
  expect(await refused(stage, words)).toMatch(/is not simulated/);

function busy(words: string): Story {
  return {
    row: 'lock.cluster-busy',
    name: `gravity ${words} while the upgrade is on`,
    arrange: (stage) => refused(stage, words),
    says: /the upgrade holds it: update_in_progress/,
    next: { what: 'action', action: 'operation.step' },
    freed: async (stage) => {
      await closed(stage);
      await free(stage, words);
    },
  };
}

/** Locks and what runs beside each other (engine.md 9). */
export const lockStories: readonly Story[] = [
  ...['join 192.168.1.11', 'remove worker-1', 'gc', 'resource create env.yaml'].map(busy),
  {
    row: 'lock.cluster-busy',
    name: 'the cluster became active meanwhile',
    arrange: async (stage) => {
      const sentence = await refused(stage, 'gc');
      await closed(stage);
      return sentence;
    },
    says: /active by now/,
    next: { what: 'wait' },
    freed: (stage) => free(stage, 'gc'),
  },
  {
    row: 'lock.cluster-degraded',
    name: 'a join while a node is degraded',
    arrange: async (stage) => {
      await closed(stage);
      await stage.say('probe', 'worker-1', 'docker', 'failed', 'docker.sock: connection refused');
      await stage.look();
      return refused(stage, 'join 192.168.1.11');
    },
    says: /worker-1 is degraded/,
    next: { what: 'hand' },
    take: (stage) => stage.say('probe', 'worker-1', 'docker', 'running'),
    freed: (stage) => free(stage, 'join 192.168.1.11'),
  },
  {
    row: 'lock.masters-join-alone',
    name: 'a master wants to join while another node joins',
    stage: { operation: 'join-worker' },
    arrange: (stage) => refused(stage, 'join 192.168.1.11 --role=master'),
    says: /a master joins alone/,
    next: { what: 'wait' },
    take: (stage) => closed(stage),
    freed: (stage) => free(stage, 'join 192.168.1.11 --role=master'),
  },
  {
    row: 'lock.joins-full',
    name: 'as many nodes join as may at once',
    stage: { operation: 'join-worker' },
    arrange: async (stage) => {
      await stage.say('situation', 'joins-full', 'on');
      return refused(stage, 'join 192.168.1.11');
    },
    says: /4 nodes join at once at most/,
    next: { what: 'wait' },
    take: async (stage) => {
      await closed(stage);
      await stage.say('situation', 'joins-full', 'off');
    },
    freed: (stage) => free(stage, 'join 192.168.1.11'),
  },
  {
    row: 'lock.shrink-refused',
    name: 'a node that is off is not removed',
    arrange: async (stage) => {
      await closed(stage);
      await stage.say('power', 'worker-1', 'off');
      await stage.look();
      return refused(stage, 'remove worker-1');
    },
    says: /worker-1 does not answer/,
    next: { what: 'hand' },
    take: (stage) => stage.say('power', 'worker-1', 'on'),
    freed: (stage) => free(stage, 'remove worker-1'),
  },
  {
    row: 'lock.shrink-refused',
    name: 'the last master is not removed',
    stage: { masters: 1, workers: 1 },
    arrange: async (stage) => {
      await closed(stage);
      return refused(stage, 'remove master-1');
    },
    says: /cannot remove the last master/,
    next: { what: 'hand' },
    freed: async () => {},
  },
  {
    row: 'lock.database',
    name: 'somebody holds the local database',
    arrange: async (stage) => {
      await stage.say('lock', '45', 'local');
      return refused(stage, 'plan execute --phase=/init');
    },
    says: /one process at a time holds it/,
    next: { what: 'wait' },
    take: (stage) => stage.pass(60_000),
    freed: (stage) => works(stage, 'plan execute --phase=/init'),
  },
];
