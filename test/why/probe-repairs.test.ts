import { expect, test } from 'vitest';
import { probeRepair } from '../../src/model/why/probe-repairs.ts';
import { recordings, recordingText } from '../recordings.ts';

const nobodys = probeRepair('a-checker-nobody-knows', null);

type Body = { nodes?: { probes?: { checker: string; status?: string }[] }[] };

/** The checkers that any recorded answer of the health endpoint has fail, and the unit a checker of units names. */
function recordedToFail(): string[] {
  const bodies = recordings('satellite').filter((path) => path.endsWith('.body.json'));
  const failed = bodies.flatMap((path) => {
    const { nodes = [] }: Body = JSON.parse(recordingText(path));
    return nodes.flatMap(({ probes = [] }) => probes.filter(({ status }) => status === 'failed'));
  });
  return [...new Set(failed.map(({ checker }) => checker))];
}

test('every checker that was recorded to fail has a repair of its own', () => {
  const checkers = recordedToFail();
  expect(checkers).toContain('docker');
  for (const checker of checkers) expect(probeRepair(checker, 'docker.service'), checker).not.toBe(nobodys);
});

test('a checker with what it looks at is that checker', () => {
  expect(probeRepair('io-check(/var/lib/gravity)', null)).toBe(probeRepair('io-check', null));
});

test('where no unit is named, all that failed are looked at', () => {
  expect(probeRepair('systemd', null)).toBe(nobodys);
  expect(nobodys.commands).toContain('GRAVITY exec systemctl --failed');
});
