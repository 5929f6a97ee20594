import { renameSync, statSync } from 'node:fs';
import type { Log } from '../../ports.ts';

type Level = 'info' | 'warn' | 'error';
type Message = [level: Level, message: string, fields: Record<string, unknown>];

/** How many messages wait while the library loads; more are let go. */
const waitingLimit = 1_000;
/** A longer file is set aside as PATH.1, over the one before it; looked at every so many messages. */
const longest = 4 * 1024 * 1024;
const lookEvery = 200;

/**
 * A log file of JSON lines, by pino, loaded at the first message. Nothing ever goes to standard output, and a log that
 * cannot be written is not a reason to stop. `null` logs nowhere.
 */
export function systemLog(path: string | null): Log {
  const send = path === null ? () => {} : sender(path);
  const at =
    (level: Level) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      send([level, message, fields]);
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

function sender(path: string): (message: Message) => void {
  const waiting: Message[] = [];
  let write: ((message: Message) => void) | null = null;
  let loading = false;
  const load = async () => {
    write = await writer(path);
    for (const message of waiting.splice(0)) write(message);
  };
  return (message) => {
    if (write !== null) return write(message);
    if (waiting.length < waitingLimit) waiting.push(message);
    if (!loading) load().catch(() => {});
    loading = true;
  };
}

async function writer(path: string): Promise<(message: Message) => void> {
  const { pino } = await import('pino');
  const file = pino.destination({ dest: path, sync: true, mkdir: true });
  file.on('error', () => {});
  const logger = pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, file);
  let written = 0;
  return ([level, text, fields]) => {
    if (written % lookEvery === 0 && setAside(path)) file.reopen();
    written += 1;
    logger[level](fields, text);
  };
}

/** False when it is short enough, or cannot be moved: a log is no reason to stop. */
function setAside(path: string): boolean {
  try {
    if (statSync(path).size < longest) return false;
    renameSync(path, `${path}.1`);
    return true;
  } catch {
    return false;
  }
}
