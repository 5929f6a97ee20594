import { opensLikeJson } from '../../protocol/json-document.ts';
import { type Reading, unread } from '../../protocol/problem.ts';
import type { Status } from '../../protocol/status.ts';
import { gravityError } from './gravity-error.ts';
import { readStatusJson } from './status-json.ts';
import { looksLikeStatus, readStatusText } from './status-text.ts';

/** A saved status, JSON or text, recognised by how it looks. `now` in epoch ms, for the years the text leaves out. */
export function readStatus(bytes: Uint8Array, now: number): Reading<Status> {
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') return unread('answer.empty', 'the status is empty');
  if (opensLikeJson(text)) return readStatusJson(text);
  if (looksLikeStatus(text)) return readStatusText(text, now);
  if (text.includes('[ERROR]:')) {
    return unread(
      'gravity.error',
      `this is not a status but an error of gravity: ${gravityError(text).sentence}`,
    );
  }
  return unread('answer.wrong-shape', 'this is not the status of a cluster in json or text');
}
