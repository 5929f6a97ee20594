import { describe, expect, test } from 'vitest';
import { historyText } from '../../src/simulator/display/history-text.ts';
import { statusText } from '../../src/simulator/display/status-text.ts';
import { recordings, recordingText } from '../recordings.ts';

const texts = recordings('cli').filter((path) => /status-text-.*stdout$/.test(path));

describe('a recorded status comes out as text as gravity prints it, byte for byte', () => {
  test.each(texts)('%s', (path) => {
    const { cluster } = JSON.parse(recordingText(path.replace('status-text', 'status-json')));
    const told = {
      now: Date.parse('2026-11-22T10:20:00Z'),
      version: '7.0.41-dev.6',
      token: cluster.token.token,
    };
    expect(masked(statusText(cluster, told))).toBe(masked(recordingText(path)));
  });
});

test('the history comes out as gravity prints it, byte for byte', () => {
  const events = recordingText('cli/status-history.stdout').trimEnd().split('\n').map(eventOf);
  expect(historyText(events)).toBe(recordingText('cli/status-history.stdout'));
  expect(historyText([])).toBe(recordingText('cli/status-history-empty.stdout'));
});

/** The two recordings of one status were made a second apart. */
function masked(text: string): string {
  return text.replace(/\d\d:\d\d UTC \([^)]*\)/g, 'WHEN').replace(/\[[\dhms]+\]/g, '[SPAN]');
}

function eventOf(line: string) {
  const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
  const [head = '', ...cells] = line.replace(escapes, '').split(/\t+/);
  const [time = '', words = ''] = head.split(' [');
  const text = cells.join('\t');
  const leader = /^(?:new leader|leader changed (\S+) ->) (\S+)$/.exec(text);
  const [, prev, next = ''] = leader ?? [];
  const pairs = cells
    .map((cell) => cell.split('='))
    .map(([key, value = '']) => [key === 'checker' ? 'probe' : key, value]);
  const data: Record<string, string> =
    leader === null ? Object.fromEntries(pairs) : { ...(prev === undefined ? {} : { prev }), new: next };
  return { at: Date.parse(time), kind: words.replace(/[\] ]/g, ''), data };
}
