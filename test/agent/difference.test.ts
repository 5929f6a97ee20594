import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/actions/judge.ts';
import { difference } from '../../src/agent/difference.ts';

const verdict: Verdict = {
  digest: 'a',
  action: 'phase.execute',
  label: 'Execute',
  args: {},
  risk: 'change',
  allowed: true,
  reason: null,
  nextStep: null,
  code: null,
  confirm: { kind: 'type', word: 'node-1', reason: false },
  steps: [],
  commands: ['gravity plan execute --phase=/a'],
  impact: {
    about: 'node-1',
    runsOn: 'node-1',
    leaves: ['/a'],
    skips: [],
    versions: null,
    pods: null,
    podsAsked: false,
    etcd: { members: 3, now: 3, during: 2, after: 3, quorum: 2 },
    dark: [],
    irreversible: [],
    warnings: [],
    undo: null,
  },
};
const { impact } = verdict;

describe('the difference of two judgements', () => {
  const rows: { title: string; after: Partial<Verdict>; says: string[] }[] = [
    { title: 'nothing', after: {}, says: [] },
    {
      title: 'a refusal',
      after: { allowed: false, reason: 'it runs already' },
      says: ['it is refused now: it runs already'],
    },
    {
      title: 'other commands',
      after: { commands: ['gravity a', 'gravity b', 'gravity c'] },
      says: ['what will run: was gravity plan execute --phase=/a, is gravity a and 2 more, to gravity c'],
    },
    {
      title: 'another node',
      after: { impact: { ...impact, runsOn: null } },
      says: ['the node it runs on: was node-1, is none'],
    },
    {
      title: 'a lost etcd member',
      after: { impact: { ...impact, etcd: { members: 3, now: 2, during: 1, after: 2, quorum: 2 } } },
      says: [
        'etcd members: was 3 now, 2 while it runs, 3 after, 2 needed, is 2 now, 1 while it runs, 2 after, 2 needed',
      ],
    },
    { title: 'something else', after: { digest: 'b' }, says: ['what it means changed'] },
  ];
  for (const { title, after, says } of rows)
    it(`of ${title} is told in sentences`, () => {
      expect(difference(verdict, { ...verdict, ...after })).toEqual(says);
    });
});
