import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/protocol/event.ts';
import { flown, type ViewedNode } from './health-flight.ts';

/** recordings/satellite/flight: 88 minutes of four real agents under faults, followed at three of their endpoints. */
describe.each(['n1', 'n2', 'n4'])('the journal of an agent at the endpoint of %s', (endpoint) => {
  const flight = flown(endpoint);

  test('holds, after every reading, exactly the probes that fail in it', () => {
    const journal = new Map<string, Set<string>>();
    let isFirst = true;
    for (const { view, events } of flight) {
      if (view.body === null || view.body.nodes.length === 0) continue;
      for (const node of view.body.nodes) if (isFirst) journal.set(nameOf(node), failing(node));
      isFirst = false;
      for (const event of events) if (event.kind === 'probe.changed') follow(journal, event);
      for (const node of view.body.nodes.filter(([, status]) => status !== null))
        expect(journal.get(nameOf(node)) ?? new Set(), `${view.seen} ${nameOf(node)}`).toEqual(failing(node));
    }
  });

  test('goes from each state of a node to the next without a gap or a repetition', () => {
    const states = new Map<string, string>();
    for (const { view, events } of flight)
      for (const event of events) {
        if (event.kind !== 'node.changed') continue;
        const from = states.get(event.node);
        if (from !== undefined) expect(event.from, view.seen).toBe(from);
        expect(event.to).not.toBe(event.from);
        states.set(event.node, event.to);
      }
    expect(states.size).toBeGreaterThan(0);
  });
});

describe('what shares a checker', () => {
  const rows = [
    {
      name: 'one peer gets well while the loss to the other moves',
      endpoint: 'n2',
      from: '12:31:39',
      until: '12:32:50',
      node: '127_0_7_2.lab',
      checker: 'nethealth-checker',
      changes: [['gone', '127.0.7.3']],
    },
    {
      name: 'one pod gets well as another fails',
      endpoint: 'n4',
      from: '11:50:35',
      until: '11:52:13',
      node: '127_0_7_3.lab',
      checker: 'system-pods-checker',
      changes: [
        ['gone', 'coredns-a'],
        ['failed', 'coredns-b'],
      ],
    },
    {
      name: 'one condition of a node ends as another begins',
      endpoint: 'n2',
      from: '12:26:59',
      until: '12:27:20',
      node: '127_0_7_1.lab',
      checker: 'node-status',
      changes: [
        ['gone', 'DiskPressure'],
        ['failed', 'MemoryPressure'],
      ],
    },
  ];
  test.each(rows)('$name', ({ endpoint, from, until, node, checker, changes }) => {
    const events = flown(endpoint)
      .filter(({ view }) => view.seen.slice(11) >= from && view.seen.slice(11) < until)
      .flatMap(({ events: all }) => all)
      .flatMap((event) =>
        event.kind === 'probe.changed' && event.node === node && event.checker === checker ? [event] : [],
      );
    const found = events.map(({ to, text }) => [
      to,
      changes.map(([, subject]) => subject).find((subject) => text.includes(String(subject))),
    ]);
    expect(found.toSorted()).toEqual(changes.toSorted());
  });
});

function nameOf([node]: ViewedNode): string {
  return `127_0_7_${node}.lab`;
}

function failing([, , , failed]: ViewedNode): Set<string> {
  return new Set(
    failed.map(([checker, detail, error]) =>
      keyOf(checker, detail && error ? `${detail} (${error})` : detail + error),
    ),
  );
}

/** Enough to tell apart what fails at once on a node of this flight: the checker, and the peer, pod, unit or condition. */
function keyOf(checker: string, text: string): string {
  const names = /coredns-\w+|127\.0\.7\.\d+(?=:? is )|[\w-]+\.service|\w+Pressure|\w+Deadlock|^Ready/.exec(
    text,
  );
  return `${checker} ${names?.[0] ?? ''}`;
}

function follow(journal: Map<string, Set<string>>, event: Extract<Event, { kind: 'probe.changed' }>): void {
  const known = journal.get(event.node) ?? new Set();
  journal.set(event.node, known);
  const key = keyOf(event.checker, event.text);
  if (event.to === 'failed') {
    if (event.from !== 'failed') expect(known.has(key), `${event.seen} ${key} is told twice`).toBe(false);
    known.add(key);
  } else expect(known.delete(key), `${event.seen} ${key} recovers and never failed`).toBe(true);
}
