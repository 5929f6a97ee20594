import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { mount, type Stage } from '../../screens/mount.tsx';
import { judge } from '../../src/actions/judge.ts';
import type { AgentLink } from '../../src/console/agent-link.ts';
import { createConsole } from '../../src/console/console.ts';
import { screenTable } from '../../src/console/screen-table.ts';
import { fold } from '../../src/model/fold.ts';
import type { Cluster } from '../../src/protocol/cluster.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { StreamMessage } from '../../src/protocol/stream.ts';
import { clusterOf, now, recordedPlan } from '../console/a-scene.ts';
import { handClock } from '../driver/hand-clock.ts';
import { quietTerminal } from '../driver/quiet-terminal.ts';

const cluster = clusterOf(recordedPlan('failed-3m2w'));

/** A terminal that keeps what is written to it. */
function stageOf(columns: number, rows: number) {
  const written: string[] = [];
  const output = Object.assign(new EventEmitter(), {
    isTTY: true,
    writable: true,
    columns,
    rows,
    write(text: string, ...rest: unknown[]) {
      written.push(text);
      const done = rest.find((one) => typeof one === 'function');
      if (typeof done === 'function') done();
      return true;
    },
  });
  let input: (chunk: string) => void = () => {};
  const stage: Stage = {
    output: output as unknown as NodeJS.WriteStream,
    write: (text) => void written.push(text),
    borrow: ({ on, off }) => {
      written.push(on);
      return () => void written.push(off);
    },
    onInput: (take) => {
      input = take;
      return () => {
        input = () => {};
      };
    },
    onResize: (run) => {
      output.on('resize', run);
      return () => output.off('resize', run);
    },
    size: () => ({ columns: output.columns, rows: output.rows }),
  };
  return { stage, output, written, type: (text: string) => input(text), all: () => written.join('') };
}

function shown(columns = 80, rows = 24, state: Cluster = cluster) {
  const clock = handClock(now);
  let send: (message: StreamMessage) => void = () => {};
  const link: AgentLink = {
    judge: async (action, args) => ({
      ok: true,
      value: {
        schema: 1,
        id: 'judgement',
        ...judge({ cluster, action, args, facts: { pods: null, agents: null, now } }),
      },
    }),
    start: async () => ({
      ok: false,
      failure: { code: 'agent.failed', message: 'no', nextStep: '', status: 500 },
    }),
    output: async () => ({ ok: true, value: { bytes: new Uint8Array(), next: 0, total: 0 } }),
    why: async () => ({
      ok: false,
      failure: { code: 'agent.failed', message: 'no', nextStep: '', status: 500 },
    }),
    stream: ({ onMessage }) => {
      send = onMessage;
      return { hold: () => {}, close: () => {} };
    },
  };
  const console = createConsole(
    { link, clock },
    {
      id: 'console-here',
      screen: 'plan',
      time: 'utc',
      drive: false,
      look: { ascii: false, colour: true },
      size: { columns, rows },
    },
  );
  const terminal = stageOf(columns, rows);
  const mounted = mount(console, terminal.stage);
  console.start(quietTerminal({ quit: () => {}, repaint: mounted.repaint }));
  send({ type: 'snapshot', schema: 1, epoch: 'e1', seq: 1, at: new Date(now).toISOString(), state });
  return { clock, console, mounted, terminal, send: (message: StreamMessage) => send(message) };
}

/** Waits for what is drawn, as the real screen would. */
async function drawn(what: () => boolean): Promise<void> {
  while (!what()) await new Promise<void>((done) => setImmediate(done));
}

describe('the console on a terminal', () => {
  test('takes the alternate screen, and gives everything back', async () => {
    const { console, mounted, terminal } = shown();
    await drawn(() => terminal.all().includes('/masters/master-2/drain'));
    console.stop();
    mounted.unmount();
    const all = terminal.all();
    for (const [on, off] of [
      ['\u001b[?1049h', '\u001b[?1049l'],
      ['\u001b[?25l', '\u001b[?25h'],
      ['\u001b[?2004h', '\u001b[?2004l'],
      ['\u001b[22;2t', '\u001b[23;2t'],
    ] as const) {
      expect(all).toContain(on);
      expect(all.lastIndexOf(off)).toBeGreaterThan(all.lastIndexOf(on));
    }
  });
  test('never clears the screen after the start', async () => {
    const { console, mounted, terminal } = shown();
    await drawn(() => terminal.all().includes('1 failed'));
    for (const keys of ['j', 'k', ...screenTable.map(({ digit }) => digit), '?', '\u001b[A', 'q', 'a', 'q']) {
      terminal.type(keys);
      await new Promise<void>((done) => setImmediate(done));
    }
    console.stop();
    mounted.unmount();
    expect(terminal.all()).not.toMatch(/\u001b\[[23]J|\u001bc/);
  });
  test('names the cluster, what it is and what failed in the window’s title', async () => {
    const { console, mounted, terminal } = shown();
    await drawn(() => terminal.all().includes('1 failed'));
    expect(terminal.all()).toContain(
      `\u001b]2;× LIVE ${cluster.plan?.operation.cluster}: FAILED master-2/drain\u0007`,
    );
    console.stop();
    mounted.unmount();
  });
  test('a step of the cursor writes far less than a screen', async () => {
    const { console, mounted, terminal } = shown();
    await drawn(() => terminal.all().includes('1 failed'));
    const before = terminal.written.length;
    terminal.type('j');
    await drawn(() => terminal.written.length > before);
    const bytes = terminal.written.slice(before).join('').length;
    expect(bytes).toBeLessThan(80 * 24);
    console.stop();
    mounted.unmount();
  });
  test('a card takes keys once its frame has been written, and not before', async () => {
    const { clock, console, mounted, terminal } = shown();
    await drawn(() => terminal.all().includes('1 failed'));
    terminal.type('x');
    await drawn(() => terminal.all().includes('[ No ]'));
    await drawn(() => {
      const { overlay } = console.store.getState().ui;
      return overlay?.kind === 'card' && overlay.drawn;
    });
    await clock.advance(400);
    expect(console.store.getState().ui.overlay).toMatchObject({ armed: true, focus: 'no' });
    console.stop();
    mounted.unmount();
  });
  test('a smaller terminal gets a smaller frame', async () => {
    const { console, mounted, terminal } = shown(120, 36);
    await drawn(() => terminal.all().includes('1 failed'));
    const before = terminal.written.length;
    Object.assign(terminal.output, { columns: 60, rows: 15 });
    terminal.output.emit('resize');
    await drawn(() => terminal.written.length > before);
    expect(console.store.getState().scene.size).toEqual({ columns: 60, rows: 15 });
    console.stop();
    mounted.unmount();
  });
});

/** A group of ten thousand leaves, the first of them failed so that the group is open and the cursor in it. */
function bigPlan(): Cluster {
  const plan = recordedPlan('failed-3m2w');
  const [group, leaf] = [plan.phases.find(({ id }) => id === '/nodes'), plan.phases.find((one) => one.leaf)];
  if (!group || !leaf) throw new Error('the recorded plan has a group /nodes and leaves');
  const leaves = Array.from({ length: 10_000 }, (_, index) => ({
    ...leaf,
    id: `/nodes/leaf-${index}`,
    parent: '/nodes',
    state: index === 0 ? ('failed' as const) : ('unstarted' as const),
    updated: null,
    error: null,
    requires: [],
  }));
  return clusterOf({ ...plan, phases: [{ ...group, parent: null, requires: [] }, ...leaves] });
}

describe('a terminal of another size', () => {
  test('is erased before a line of the new frame is written, and every line is written', async () => {
    const { console, mounted, terminal } = shown(100, 30);
    await drawn(() => terminal.all().includes('1 failed'));
    const before = terminal.written.length;
    Object.assign(terminal.output, { columns: 90, rows: 28 });
    terminal.output.emit('resize');
    const written = () => terminal.written.slice(before).join('');
    await drawn(() => written().includes(' quit'));
    const erased = written().lastIndexOf('\u001b[H\u001b[J');
    expect(erased).toBeGreaterThanOrEqual(0);
    const frame = written().slice(erased);
    for (const text of ['demo.example.com', '2 Plan', 'FAILED master-2/drain', '1 failed', ' quit'])
      expect(frame).toContain(text);
    console.stop();
    mounted.unmount();
  });
});

describe('while nothing changes but the clock', () => {
  const upgrade = '/masters/master-2/system-upgrade';
  const plan = recordedPlan('midway-3m2w');
  const began = new Date(now - 100_000).toISOString();
  const running = fold(clusterOf(plan), {
    kind: 'phase.changed',
    operation: null,
    seen: began,
    phase: upgrade,
    from: 'unstarted',
    to: 'in_progress',
    at: began,
    error: null,
  });
  test('a second draws the header, the line above the list and the leaf that runs, and no other line', async () => {
    const { clock, console, mounted, terminal } = shown(80, 24, running);
    await drawn(() => terminal.all().includes('1m40s of'));
    const before = terminal.written.length;
    await clock.advance(1000);
    await drawn(() => terminal.written.length > before);
    const written = terminal.written.slice(before).join('');
    // Of each line that changed only what follows its first difference is written.
    const lines = written.split('\n').filter((line) => line.includes('\u001b[K'));
    expect(lines).toEqual([
      expect.stringContaining('health 5s'),
      expect.stringContaining('1s of ~'),
      expect.stringMatching(/1s.*~\d+m\d\ds/),
    ]);
    console.stop();
    mounted.unmount();
  });
});

describe('in a plan of ten thousand leaves', () => {
  /** The leaves whose rows were written; the summary names them by their whole ids. */
  const rowsIn = (written: readonly string[]) => [...new Set(written.join('').match(/(?<!\/)leaf-\d+/g))];
  const started = async () => {
    const all = shown(80, 24, bigPlan());
    await drawn(() => all.terminal.all().includes('leaf-16'));
    return { ...all, end: () => [all.console.stop(), all.mounted.unmount()] };
  };
  const writtenBy = async ({ terminal }: Awaited<ReturnType<typeof started>>, act: () => void) => {
    const before = terminal.written.length;
    act();
    await drawn(() => terminal.written.length > before);
    return terminal.written.slice(before);
  };
  const changed = (phase: string): Event => ({
    kind: 'phase.changed',
    operation: null,
    seen: new Date(now).toISOString(),
    phase,
    from: 'unstarted',
    to: 'completed',
    at: new Date(now).toISOString(),
    error: null,
  });
  const event = (phase: string): StreamMessage => ({
    type: 'event',
    epoch: 'e1',
    seq: 2,
    event: changed(phase),
  });

  test('the leaves on the screen are drawn and no other', async () => {
    const all = await started();
    // The body but for its two lines of head and the group itself.
    const names = Array.from({ length: 20 - 2 - 1 }, (_, index) => `leaf-${index}`);
    expect(rowsIn(all.terminal.written)).toEqual(names);
    all.end();
  });
  test('a step of the cursor draws the row it leaves and the row it comes to', async () => {
    const all = await started();
    expect(rowsIn(await writtenBy(all, () => all.terminal.type('j')))).toEqual(['leaf-0', 'leaf-1']);
    all.end();
  });
  test('an event draws the row it is about', async () => {
    const all = await started();
    const written = await writtenBy(all, () => all.send(event('/nodes/leaf-5')));
    expect(rowsIn(written)).toEqual(['leaf-5']);
    expect(written.join('').length).toBeLessThan(1024);
    all.end();
  });
  test('an event out of sight draws no leaf', async () => {
    const all = await started();
    const written = await writtenBy(all, () => all.send(event('/nodes/leaf-5000')));
    expect(rowsIn(written)).toEqual([]);
    expect(written.join('')).toContain('1/10000');
    all.end();
  });
});
