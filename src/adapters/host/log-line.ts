import { clean } from '../../protocol/clean.ts';
import { foreign, foreignInstant, foreignText } from '../../protocol/foreign.ts';
import { jsonDocument } from '../../protocol/json-document.ts';

/** A line of a gravity log: what can be told of it, and always its text. */
export type LogLine = { at: string | null; level: string | null; text: string };

/** One line of `gravity-system.log` or of a unit's journal: logrus in its text or JSON form, anything else as text. */
export function readLogLine(line: string): LogLine {
  const text = clean(line).trimEnd();
  if (text.startsWith('{')) return fromJson(text);
  const at = /\btime="?([^"\s]+)"?/.exec(text)?.[1] ?? /^(\d{4}-\d\d-\d\dT\S+)/.exec(text)?.[1];
  const level = /\blevel=(\w+)/.exec(text)?.[1] ?? /^\S+ (DEBU|INFO|WARN|ERRO|FATA)\b/.exec(text)?.[1];
  const message = /\bmsg="((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  return {
    at: foreignInstant(at),
    level: level === undefined ? null : (levels[level] ?? level.toLowerCase()),
    text: message === undefined ? text : message.replace(/\\(["\\])/g, '$1'),
  };
}

/** Gravity's short words for the levels. */
const levels: Readonly<Record<string, string>> = {
  DEBU: 'debug',
  INFO: 'info',
  WARN: 'warning',
  ERRO: 'error',
  FATA: 'fatal',
};

function fromJson(text: string): LogLine {
  const document = jsonDocument(text, 'the line');
  const node = document.ok ? foreign(document.value) : null;
  if (node === null) return { at: null, level: null, text };
  const message = foreignText(node['msg']) ?? foreignText(node['message']);
  return { at: foreignInstant(node['time']), level: foreignText(node['level']), text: message ?? text };
}
