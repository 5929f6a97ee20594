import { describe, expect, test } from 'vitest';
import { nodeStrip } from '../../src/model/node-strip.ts';
import type { HistoryEvent } from '../../src/protocol/history.ts';

const from = Date.parse('2026-11-22T00:00:00Z');
const hour = 3600_000;
/** Eight cells of an hour. */
const stretch = { from, to: from + 8 * hour, cells: 8 };

function event(kind: HistoryEvent['kind'], hours: number): HistoryEvent {
  const at = new Date(from + hours * hour).toISOString();
  return { at, kind, node: 'node-1', checker: null, from: null, to: null, text: '' };
}

describe('a strip over time', () => {
  test('knows nothing before the first event, and each state lasts until the next', () => {
    const events = [event('node.healthy', 2.5), event('node.degraded', 4.2), event('node.healthy', 5.5)];
    expect(nodeStrip({ events, state: 'healthy' }, stretch)).toEqual([
      'unknown',
      'unknown',
      'healthy',
      'healthy',
      'degraded',
      'degraded',
      'healthy',
      'healthy',
    ]);
  });
  test('shows the worst of a cell, however short it was', () => {
    const events = [event('node.healthy', 1), event('node.degraded', 3.1), event('node.healthy', 3.2)];
    expect(nodeStrip({ events, state: 'healthy' }, stretch)[3]).toBe('degraded');
  });
  test('an event from before it begins counts for its first cells', () => {
    const events = [event('node.healthy', -5)];
    expect(nodeStrip({ events, state: 'healthy' }, stretch)).toEqual(Array(8).fill('healthy'));
  });
  test('a probe that failed marks its own cell and changes no state', () => {
    const events = [event('node.healthy', 0), event('probe.failed', 3.5)];
    const strip = nodeStrip({ events, state: 'healthy' }, stretch);
    expect(strip.slice(2, 5)).toEqual(['healthy', 'warning', 'healthy']);
  });
  test('a node silent until now was silent all the time', () => {
    const strip = nodeStrip({ events: [event('node.silent', 5)], state: 'offline' }, stretch);
    expect(strip.slice(4)).toEqual(['unknown', 'offline', 'offline', 'offline']);
  });
  test('of one that answers again nobody wrote down since when', () => {
    const strip = nodeStrip({ events: [event('node.silent', 5)], state: 'healthy' }, stretch);
    expect(strip.slice(4)).toEqual(['unknown', 'offline', 'unknown', 'healthy']);
  });
  test('without any event only the present is known', () => {
    expect(nodeStrip({ events: [], state: 'degraded' }, stretch)).toEqual([
      ...Array(7).fill('unknown'),
      'degraded',
    ]);
  });
  test('trouble bound to last until an instant is expected until then, and no longer', () => {
    const events = [event('node.healthy', 0), event('node.degraded', 2.5)];
    const expectedUntil = () => from + 4.5 * hour;
    expect(nodeStrip({ events, state: 'degraded', expectedUntil }, stretch)).toEqual([
      'healthy',
      'healthy',
      'expected',
      'expected',
      'degraded',
      'degraded',
      'degraded',
      'degraded',
    ]);
  });
  test('a failed probe beside expected trouble is seen', () => {
    const events = [event('node.degraded', 2.5), event('probe.failed', 3.5)];
    const expectedUntil = ({ kind }: HistoryEvent) => (kind === 'node.degraded' ? from + 8 * hour : null);
    const strip = nodeStrip({ events, state: 'degraded', isExpected: true, expectedUntil }, stretch);
    expect(strip.slice(2, 4)).toEqual(['expected', 'warning']);
  });
});
