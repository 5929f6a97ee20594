import { type Reading, read, unread } from './problem.ts';

/**
 * JSON text to a value; an empty, a cut off and a foreign text are told apart. `what` begins the sentence
 * (`the plan`). Text after the value is left out when it is gravity's own complaint (`2>&1` in a saved file).
 */
export function jsonDocument(text: string, what: string): Reading<unknown> {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (trimmed === '') return unread('answer.empty', `${what} is empty`);
  const whole = parsed(trimmed);
  if (whole !== undefined) return read(whole);
  const end = endOfValue(trimmed);
  if (end === null) {
    return opensLikeJson(trimmed)
      ? unread('answer.truncated', `${what} is cut off after ${text.length} characters`)
      : unread('answer.not-json', `${what} is not JSON`);
  }
  const first = complaint.test(trimmed.slice(end)) ? parsed(trimmed.slice(0, end)) : undefined;
  return first === undefined ? unread('answer.not-json', `${what} is not JSON`) : read(first);
}

/** Whether a text begins as a document in JSON does; `[ERROR]:` and the prompt `[root@master ~]#` do not. */
export function opensLikeJson(text: string): boolean {
  return /^\s*[[{]\s*(["[{\]}\d-]|$)/.test(text);
}

const complaint = /^\s*(\x1b\[[\d;]*m)*\[ERROR\]:/;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where the first bracketed value ends, null when its brackets or its last string never close. */
function endOfValue(text: string): number | null {
  const tokens = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|["[\]{}]/g;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === '"') return null;
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth === 0 && token.length === 1) return index + 1;
  }
  return depth === 0 ? text.length : null;
}
