import { expect, test } from 'vitest';
import { jsonDocument } from '../../src/protocol/json-document.ts';

const rows: [string, string, string][] = [
  ['an object', '{"a":1}', 'ok'],
  ['an object behind a byte order mark', '\ufeff{"a":1}', 'ok'],
  ['a word of JSON', 'null', 'ok'],
  ['nothing', ' \n', 'answer.empty'],
  ['an object cut off after its bracket', '{', 'answer.truncated'],
  ['an object cut off in a string with a bracket', '{"a":"}', 'answer.truncated'],
  ['an object cut off behind a backslash', '{"a":"\\', 'answer.truncated'],
  ['a list cut off', '[{"a":1},', 'answer.truncated'],
  ['braces that are not JSON', '{a: 1}', 'answer.not-json'],
  ['two objects', '{"a":1}{"a":2}', 'answer.not-json'],
  ['a bracket too many', '{"a":1}}', 'answer.not-json'],
  ['a shell script', '#!/bin/sh\necho "', 'answer.not-json'],
];

for (const [name, text, expected] of rows) {
  test(`${name} is ${expected}`, () => {
    const reading = jsonDocument(text, 'the answer');
    expect(reading.ok ? 'ok' : reading.problem.code).toBe(expected);
    if (!reading.ok) expect(reading.problem.sentence).toMatch(/^the answer is /);
  });
}

test('megabytes of an open string or of open brackets are refused without going back and forth', () => {
  expect(jsonDocument(`{"a":"${'x'.repeat(3_000_000)}`, 'the answer').ok).toBe(false);
  expect(jsonDocument('['.repeat(1_000_000), 'the answer').ok).toBe(false);
  expect(jsonDocument(`{"a":"${'\\"'.repeat(1_000_000)}`, 'the answer').ok).toBe(false);
});
