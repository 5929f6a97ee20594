import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { DoTwinSchema } from '../../src/protocol/twins.ts';
import { agentStub, freshCluster, judgement, run } from './agent-stub.ts';
import { oneShot } from './one-shot.ts';

const agent = ['--agent', 'unix:/a.sock'];
const typed = {
  ...judgement,
  action: 'phase.force',
  confirm: { kind: 'type', word: 'master-3', reason: true },
};

describe('an action that is not confirmed is shown and not started', () => {
  const cases: [string, string[], object, RegExp][] = [
    ['a yes is missing', ['agent.deploy'], judgement, /gravity-console do agent\.deploy --yes/],
    [
      'the word is missing',
      ['phase.force', '--phase', '/x', '--yes'],
      typed,
      /do phase\.force --phase \/x --word=master-3 --reason=TEXT/,
    ],
    [
      'the word is wrong',
      ['phase.force', '--phase=/x', '--word=other', '--reason=r'],
      typed,
      /"other" is not the word/,
    ],
    ['the reason is missing', ['phase.force', '--phase=/x', '--word=master-3'], typed, /--reason=TEXT/],
    [
      'it is refused',
      ['agent.deploy', '--yes'],
      { ...judgement, allowed: false, reason: 'no agent is running', nextStep: 'deploy them' },
      /no agent is running.*deploy them/s,
    ],
  ];
  for (const [what, words, answer, sentence] of cases) {
    test(what, async () => {
      const { http, asked } = agentStub(freshCluster(), { 'POST /v1/judgements': () => ({ body: answer }) });
      const ended = await oneShot(['do', ...words, ...agent], { http });
      expect(ended.code).toBe(4);
      expect(ended.err).toMatch(sentence);
      expect(ended.out).toMatch(/^REHEARSAL test\n/);
      expect(ended.out).toContain('/bin/gravity agent deploy');
      expect(asked.some(({ url, method }) => url === '/v1/runs' && method === 'POST')).toBe(false);
    });
  }
});

describe('--dry-run starts nothing', () => {
  const cases: [string, object, number][] = [
    ['0 when it would be allowed', judgement, 0],
    ['4 when it would be refused', { ...judgement, allowed: false, reason: 'no' }, 4],
  ];
  for (const [what, answer, code] of cases) {
    test(what, async () => {
      const { http, asked } = agentStub(freshCluster(), { 'POST /v1/judgements': () => ({ body: answer }) });
      const ended = await oneShot(['do', 'agent.deploy', '--yes', '--dry-run', '-o', 'json', ...agent], {
        http,
      });
      expect(ended.code).toBe(code);
      const document = JSON.parse(ended.out);
      expect(v.parse(DoTwinSchema, document)).toEqual(document);
      expect(ended.out).not.toContain('\\u001b');
      expect(asked.some(({ url, method }) => url === '/v1/runs' && method === 'POST')).toBe(false);
    });
  }
});

test('what heads the card is said first, and stands in the JSON', async () => {
  const head = { code: 'in-progress', message: '/x is running', nextStep: 'wait', action: null };
  const { http } = agentStub(freshCluster(), {
    'POST /v1/judgements': () => ({ body: { ...judgement, heads: [head] } }),
  });
  const words = ['do', 'agent.deploy', '--yes', '--dry-run', ...agent];
  const ended = await oneShot(words, { http });
  expect(ended.out).toMatch(/^verdict +allowed\nfirst +\/x is running\. Next: wait$/m);
  const document = await oneShot([...words, '-o', 'json'], { http });
  expect(JSON.parse(document.out).heads).toEqual([head]);
});

describe('a confirmed action is started', () => {
  test('with the word, the reason and the wheel for its run', async () => {
    const { http, asked } = agentStub(freshCluster(), { 'POST /v1/judgements': () => ({ body: typed }) });
    const words = ['phase.force', '--phase=/x', '--word=master-3', '--reason=because'];
    const ended = await oneShot(['do', ...words, ...agent], { http });
    expect(ended).toMatchObject({ code: 0, out: expect.stringContaining('run r1') });
    const [judged, started] = asked
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => JSON.parse(body ?? ''));
    expect(judged).toMatchObject({ action: 'phase.force', args: { phase: '/x' } });
    expect(started).toMatchObject({
      judgementId: 'j1',
      word: 'master-3',
      reason: 'because',
      drive: true,
      by: { console: null },
    });
  });

  test('a judgement that changed meanwhile is exit 4 with what changed', async () => {
    const error = {
      code: 'judgement.changed',
      message: 'since you looked',
      nextStep: 'look again',
      difference: ['etcd 2 of 3'],
    };
    const { http } = agentStub(freshCluster(), { 'POST /v1/runs': () => ({ status: 409, body: { error } }) });
    const ended = await oneShot(['do', 'agent.deploy', '--yes', ...agent], { http });
    expect(ended).toMatchObject({ code: 4, err: expect.stringContaining('etcd 2 of 3') });
  });
});

describe('--wait shows the output and ends as the run ends', () => {
  const ends: [string, string, number][] = [
    ['done', 'done', 0],
    ['failed', 'failed', 6],
    ['cancelled', 'cancelled', 6],
    ['lost', 'lost', 7],
    ['unknown', 'unknown', 7],
  ];
  for (const [what, state, code] of ends) {
    test(`${what}: ${code}`, async () => {
      const output = 'Executing "/x" locally\n\u001b[31mcut he';
      const answers = {
        'GET /v1/runs/r1': () => ({ body: { schema: 1, run: { ...run, state, sentence: 'it broke' } } }),
        'GET /v1/runs/r1/output': ({ url }: { url: string }) => ({
          body: output.slice(Number(/from=(\d+)/.exec(url)?.[1])),
        }),
      };
      const { http } = agentStub(freshCluster(), answers);
      const ended = await oneShot(['do', 'agent.deploy', '--yes', '--wait', ...agent], {
        http,
        terminal: { onSignal: () => () => {} },
      });
      expect(ended.code).toBe(code);
      expect(ended.out).toContain('Executing "/x" locally\ncut he\n');
      expect(ended.err).toBe(code === 0 ? '' : 'it broke\n');
    });
  }
});

describe('a command line that names no action ends with 2 before any agent is asked', () => {
  const cases: [string, string[], RegExp][] = [
    ['no action', [], /needs an action/],
    ['an unknown one', ['phase.exceute'], /did you mean: gravity-console do phase\.execute/],
    ['a missing argument', ['phase.execute'], /needs --phase/],
    ['an argument without its value', ['phase.execute', '--phase'], /--phase needs a value/],
    ['an unknown argument', ['agent.deploy', '--phase=/x'], /unknown option --phase/],
    ['an argument given twice', ['phase.execute', '--phase=/x', '--phase=/y'], /more than once/],
    ['a second action', ['phase.execute', '/x'], /takes one action/],
  ];
  for (const [what, words, sentence] of cases) {
    test(what, async () => {
      const ended = await oneShot(['do', ...words]);
      expect(ended.code).toBe(2);
      expect(ended.err).toMatch(sentence);
    });
  }
});
