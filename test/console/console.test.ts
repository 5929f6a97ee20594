import { describe, expect, test } from 'vitest';
import { judge } from '../../src/actions/judge.ts';
import type { AgentLink } from '../../src/console/agent-link.ts';
import type { Result, StartRequest, StreamHandlers } from '../../src/console/client.ts';
import { connectionProblem } from '../../src/console/client-ask.ts';
import { createConsole } from '../../src/console/console.ts';
import { whyOf } from '../../src/model/why/why.ts';
import type { Judgement } from '../../src/protocol/judgement.ts';
import type { Run } from '../../src/protocol/run.ts';
import type { StreamMessage } from '../../src/protocol/stream.ts';
import { handClock } from '../driver/hand-clock.ts';
import { quietTerminal } from '../driver/quiet-terminal.ts';
import { theRunbook } from '../driver/the-runbook.ts';
import { aRun, clusterOf, now, recordedPlan } from './a-scene.ts';

const cluster = clusterOf(recordedPlan('failed-3m2w'));
const snapshot: StreamMessage = {
  type: 'snapshot',
  schema: 1,
  epoch: 'e1',
  seq: 5,
  at: new Date(now).toISOString(),
  state: cluster,
};

/** An agent at the end of the link: what it is asked is kept, what it answers is set by the test. */
function agentAt() {
  const streams: (StreamHandlers & { closed: boolean })[] = [];
  const asked: StartRequest[] = [];
  const answers: { start: Result<Run>[]; output: Uint8Array[] } = { start: [], output: [] };
  const outputs: number[] = [];
  let holds = 0;
  const link: AgentLink = {
    judge: async (action, args) => {
      const verdict = judge({ cluster, action, args, facts: { pods: null, agents: null, now } });
      const judgement: Judgement = { schema: 1, id: `judgement-${asked.length}`, ...verdict };
      return { ok: true, value: judgement };
    },
    start: async (request) => {
      asked.push(request);
      return answers.start.shift() ?? { ok: true, value: aRun() };
    },
    output: async (_run, from) => {
      outputs.push(from);
      const bytes = answers.output.shift() ?? new Uint8Array();
      const next = from + bytes.length;
      return { ok: true, value: { bytes, next, total: next } };
    },
    why: async ({ phase = null, refusal = null }) => ({
      ok: true,
      value: whyOf({ cluster, question: { phase, refusal }, facts: { now } }),
    }),
    stream: (handlers) => {
      const stream = { ...handlers, closed: false };
      streams.push(stream);
      return {
        hold() {
          holds += 1;
        },
        close() {
          stream.closed = true;
        },
      };
    },
  };
  return { link, streams, asked, answers, outputs, holds: () => holds, last: () => streams.at(-1) };
}

function consoleOn(agent: ReturnType<typeof agentAt>, drive = false) {
  const clock = handClock(now);
  const quits: string[] = [];
  const console = createConsole(
    { link: agent.link, clock, runbook: async () => theRunbook },
    {
      id: 'console-here',
      screen: 'plan',
      time: 'utc',
      drive,
      look: { ascii: false, colour: false },
      size: { columns: 80, rows: 24 },
    },
  );
  console.start(quietTerminal({ quit: () => quits.push('quit'), repaint: () => {} }));
  const card = () => {
    const { overlay } = console.store.getState().ui;
    return overlay?.kind === 'card' ? overlay : null;
  };
  return { clock, console, quits, card, scene: () => console.store.getState().scene };
}

/** A console that has a snapshot. */
function readyConsole(agent = agentAt(), drive = false) {
  const made = consoleOn(agent, drive);
  agent.last()?.onMessage(snapshot);
  return { agent, ...made };
}

describe('the stream', () => {
  test('a snapshot is what is shown', () => {
    const { scene, console } = readyConsole();
    expect(console.store.getState().live).toBe(true);
    expect(scene().cluster).toEqual(cluster);
    expect(scene().tree.leaves.length).toBe(86);
  });
  test('the next event is folded as the agent folds it', () => {
    const { agent, scene } = readyConsole();
    const run = aRun();
    agent.last()?.onMessage({
      type: 'event',
      epoch: 'e1',
      seq: 6,
      event: { kind: 'run.changed', seen: snapshot.at, run },
    });
    expect(scene().cluster.runs).toEqual([run]);
  });
  test('after a gap nothing is folded, and a snapshot is asked for', () => {
    const { agent, scene } = readyConsole();
    agent.last()?.onMessage({
      type: 'event',
      epoch: 'e1',
      seq: 8,
      event: { kind: 'run.changed', seen: snapshot.at, run: aRun() },
    });
    expect(scene().cluster.runs).toEqual([]);
    expect(agent.streams[0]?.closed).toBe(true);
    expect(agent.last()?.since).toBeUndefined();
  });
  test('a beat that names an event not seen is a gap', () => {
    const { agent } = readyConsole();
    agent.last()?.onMessage({ type: 'beat', epoch: 'e1', seq: 7, at: snapshot.at });
    expect(agent.streams).toHaveLength(2);
  });
  test('a lost agent is said to be lost, keeps its last state, and is asked again from where it stood', async () => {
    const { agent, clock, scene } = readyConsole();
    agent.last()?.onClose({ code: 1006, message: 'the socket was closed' });
    expect(scene().connection).toMatchObject({ state: 'lost', problem: 'the socket was closed' });
    expect(scene().cluster).toEqual(cluster);
    await clock.advance(250);
    expect(agent.streams).toHaveLength(2);
    expect(agent.last()?.since).toEqual({ epoch: 'e1', seq: 5 });
  });
  test('it comes back with growing pauses', async () => {
    const { agent, clock } = readyConsole();
    const waits: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const before = clock.now();
      const streams = agent.streams.length;
      agent.last()?.onClose({ code: 1006, message: 'refused' });
      await clock.until(() => agent.streams.length > streams);
      waits.push(clock.now() - before);
    }
    expect(waits).toEqual([250, 500, 1000, 2000]);
  });
  test('an agent that is silent for 35 s is given up and asked again', async () => {
    const { agent, clock, scene } = readyConsole();
    await clock.advance(35_000);
    expect(scene().connection.state).toBe('lost');
    await clock.advance(250);
    expect(agent.streams).toHaveLength(2);
  });
});

describe('why from key to answer', () => {
  const why = (console: ReturnType<typeof readyConsole>['console']) => {
    const { overlay } = console.store.getState().ui;
    return overlay?.kind === 'why' ? overlay : null;
  };
  test('w asks about the phase the cursor is on, and the answer has the time of the agent’s clock', async () => {
    const { clock, console } = readyConsole();
    console.input('w');
    expect(why(console)).toMatchObject({ answer: null, about: { phase: '/masters/master-2/drain' } });
    await clock.settle();
    expect(why(console)).toMatchObject({ answer: { phase: '/masters/master-2/drain' }, at: now });
  });
  test('an agent that cannot answer is said to have failed, and nothing else changes', async () => {
    const agent = agentAt();
    const failure = { code: 'agent.none', message: 'no agent answers', nextStep: 'start one', status: null };
    agent.link.why = async () => ({ ok: false, failure });
    const { clock, console } = readyConsole(agent);
    console.input('w');
    await clock.settle();
    expect(why(console)).toMatchObject({ answer: null, problem: 'no agent answers\nNext: start one' });
  });
  test('an answer that comes when the question is closed is dropped', async () => {
    const { clock, console } = readyConsole();
    console.input('wq');
    await clock.settle();
    expect(console.store.getState().ui.overlay).toBeNull();
  });
});

describe('a card from key to run', () => {
  test('x, the frame on the terminal, 400 ms, Tab, Enter: one run', async () => {
    const { agent, clock, console, card } = readyConsole();
    console.input('x');
    await clock.settle();
    expect(card()).toMatchObject({ stage: 'ready', drawn: false });
    console.cardDrawn(1);
    await clock.advance(400);
    expect(card()).toMatchObject({ armed: true });
    console.input('\t\r');
    await clock.settle();
    expect(card()).toBeNull();
    expect(agent.asked).toMatchObject([{ judgementId: 'judgement-0', drive: true }]);
  });
  test('all of it in one write starts nothing', async () => {
    const { agent, clock, console } = readyConsole();
    console.input('x\t\r\t\r');
    await clock.settle();
    console.cardDrawn(1);
    await clock.advance(2000);
    expect(agent.asked).toEqual([]);
  });
  test('in 20 writes 30 ms apart it starts nothing', async () => {
    const { agent, clock, console } = readyConsole();
    console.input('x');
    await clock.settle();
    console.cardDrawn(1);
    for (let turn = 0; turn < 20; turn += 1) {
      console.input(turn % 2 === 0 ? '\t' : '\r');
      await clock.advance(30);
    }
    expect(agent.asked).toEqual([]);
  });
  test('pasted, it starts nothing', async () => {
    const { agent, clock, console } = readyConsole();
    console.input('x');
    await clock.settle();
    console.cardDrawn(1);
    await clock.advance(400);
    console.input('\u001b[200~\t\r\u001b[201~');
    await clock.settle();
    expect(agent.asked).toEqual([]);
  });
  test('a judgement that changed meanwhile is judged again, says what changed, and waits for a new answer', async () => {
    const { agent, clock, console, card } = readyConsole();
    agent.answers.start.push({
      ok: false,
      failure: {
        code: 'judgement.changed',
        message: 'it changed',
        status: 409,
        nextStep: '',
        difference: ['etcd: 2 of 3 answer'],
      },
    });
    console.input('x');
    await clock.settle();
    console.cardDrawn(1);
    await clock.advance(400);
    console.input('\t\r');
    await clock.settle();
    expect(card()).toMatchObject({
      stage: 'ready',
      focus: 'no',
      drawn: false,
      changed: ['etcd: 2 of 3 answer'],
    });
    expect(agent.asked).toHaveLength(1);
  });
  test('what the agent refuses stands in the card as its sentence and next step', async () => {
    const { agent, clock, console, card } = readyConsole();
    agent.answers.start.push({
      ok: false,
      failure: { code: 'wheel.held', message: 'root drives.', nextStep: 'take the wheel', status: 403 },
    });
    console.input('x');
    await clock.settle();
    console.cardDrawn(1);
    await clock.advance(400);
    console.input('\t\r');
    await clock.settle();
    expect(card()).toMatchObject({ problem: 'root drives.\nNext: take the wheel', focus: 'no' });
  });
  test('what only reads needs no answer', async () => {
    const { agent, clock, console } = readyConsole();
    console.input(':agent.status');
    console.input('\r');
    await clock.settle();
    expect(agent.asked).toHaveLength(1);
  });
});

test('the output of the run shown is read from its first byte on, over a character cut in two', async () => {
  const { agent, clock, console, scene } = readyConsole();
  agent.last()?.onMessage({
    type: 'event',
    epoch: 'e1',
    seq: 6,
    event: { kind: 'run.changed', seen: snapshot.at, run: aRun() },
  });
  const bytes = new TextEncoder().encode('first\nsécond\u001b[31m red\nthi');
  agent.answers.output.push(bytes.slice(0, 8), bytes.slice(8));
  console.input('6');
  await clock.advance(50);
  expect(scene().output).toMatchObject({ run: 'run-1', lines: ['first', 'sécond red', 'thi'] });
  agent.answers.output.push(new TextEncoder().encode('rd\n'));
  await clock.advance(1000);
  expect(scene().output.lines).toEqual(['first', 'sécond red', 'third']);
  expect(agent.outputs.slice(0, 3)).toEqual([0, 8, bytes.length]);
});

test('a flood of output keeps the last lines and says how many are gone', async () => {
  const { agent, clock, console, scene } = readyConsole();
  agent.last()?.onMessage({
    type: 'event',
    epoch: 'e1',
    seq: 6,
    event: { kind: 'run.changed', seen: snapshot.at, run: aRun() },
  });
  agent.answers.output.push(
    new TextEncoder().encode(Array.from({ length: 6000 }, (_, line) => `line ${line}\n`).join('')),
  );
  console.input('6');
  await clock.advance(50);
  expect(scene().output).toMatchObject({ skipped: 1000 });
  expect(scene().output.lines.at(-1)).toBe('line 5999');
});

test('a lone escape is Esc after a moment', async () => {
  const { clock, console } = readyConsole();
  console.input('a');
  console.input('\u001b');
  expect(console.store.getState().ui.overlay).not.toBeNull();
  await clock.advance(40);
  expect(console.store.getState().ui.overlay).toBeNull();
});

test('q asks whoever owns the terminal to leave', () => {
  const { console, quits } = readyConsole();
  console.input('q');
  expect(quits).toEqual(['quit']);
});

test('whoever holds the wheel says so every 10 s, and nobody else does', async () => {
  const { agent, clock, console } = readyConsole();
  await clock.advance(25_000);
  expect(agent.holds()).toBe(0);
  const holder = { user: 'root', from: null, tty: null, console: 'console-here' };
  agent.last()?.onMessage({
    type: 'event',
    epoch: 'e1',
    seq: 6,
    event: {
      kind: 'wheel.taken',
      seen: snapshot.at,
      wheel: { holder, since: snapshot.at, reason: null },
      from: null,
    },
  });
  await clock.advance(20_000);
  expect(agent.holds()).toBe(2);
  console.stop();
});

test('with --drive it takes the free wheel once, as soon as it hears the agent', async () => {
  const { agent, clock } = readyConsole(agentAt(), true);
  await clock.advance(3000);
  expect(agent.asked).toHaveLength(1);
});

test('after stop no timer is left', () => {
  const { clock, console } = readyConsole();
  console.stop();
  expect(clock.timers()).toBe(0);
});

describe('the runbook', () => {
  test('has its pages soon after the start', async () => {
    const { clock, scene } = readyConsole();
    await clock.settle();
    expect(scene().runbook).toBe(theRunbook);
  });

  test('? and a digit: the check runs unasked and its output is on the screen', async () => {
    const { agent, clock, console } = readyConsole();
    console.input('?');
    console.input('2');
    await clock.settle();
    expect(agent.asked).toMatchObject([{ judgementId: 'judgement-0', drive: false }]);
    expect(console.store.getState().ui).toMatchObject({ screen: 'runs', overlay: null });
  });
});

describe('what has happened', () => {
  test('is said for ten seconds', async () => {
    const { clock, console } = readyConsole();
    console.tell({ text: 'copied', tone: 'good' });
    await clock.advance(9_000);
    expect(console.store.getState().ui.notice).not.toBeNull();
    await clock.advance(2_000);
    expect(console.store.getState().ui.notice).toBeNull();
  });
  test('of a broken connection is said in words', () => {
    expect(connectionProblem('connect ENOENT /run/gravity-console/agent.sock')).toBe(
      'the agent does not answer: there is no such socket',
    );
  });
});

test('what was typed while another program had the terminal is no key', async () => {
  const { clock, console } = readyConsole();
  console.settle();
  console.input('m');
  await clock.advance(300);
  console.input('\u0010b');
  await clock.advance(300);
  expect(console.store.getState().ui.overlay).toBeNull();
  await clock.advance(400);
  console.input('a');
  expect(console.store.getState().ui.overlay).toMatchObject({ kind: 'menu' });
});
