import { expect, test } from 'vitest';
import { readLogLine } from '../../../src/adapters/host/log-line.ts';
import { readUnitState } from '../../../src/adapters/host/unit-state.ts';

test('a unit is read from its properties in any order', () => {
  const text =
    'MainPID=0\nResult=exit-code\nExecMainStatus=255\nLoadState=loaded\nActiveState=failed\nSubState=failed\n';
  expect(readUnitState(text)).toMatchObject({
    value: {
      load: 'loaded',
      active: 'failed',
      sub: 'failed',
      result: 'exit-code',
      exitCode: 255,
      mainPid: null,
    },
  });
  expect(readUnitState('Failed to connect to bus')).toMatchObject({
    problem: { code: 'answer.wrong-shape' },
  });
});

const lines: [string, string, object][] = [
  [
    'logrus text',
    'time="2026-11-22T10:23:03Z" level=warning msg="Failed to open \\"x\\"."',
    { at: '2026-11-22T10:23:03Z', level: 'warning', text: 'Failed to open "x".' },
  ],
  [
    'gravity’s own text',
    '2026-11-22T10:23:03Z ERRO [FSM] Phase failed.',
    { at: '2026-11-22T10:23:03Z', level: 'error', text: '2026-11-22T10:23:03Z ERRO [FSM] Phase failed.' },
  ],
  [
    'logrus JSON',
    '{"level":"info","msg":"m\\u001b[31m","time":"2026-11-22T10:23:03Z"}',
    { level: 'info', text: 'm' },
  ],
  ['half of a JSON line', '{"level":"info","msg', { at: null, level: null, text: '{"level":"info","msg' }],
  ['anything else', '\x1b[31mboom\x1b[0m', { at: null, level: null, text: 'boom' }],
];

for (const [name, line, expected] of lines) {
  test(`a log line that is ${name} is read`, () => {
    expect(readLogLine(line)).toMatchObject(expected);
  });
}
