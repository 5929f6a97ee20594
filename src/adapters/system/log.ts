import type { Logger } from 'pino';
import type { Log } from '../../ports.ts';

type Level = 'info' | 'warn' | 'error';
type Message = [level: Level, message: string, fields: Record<string, unknown>];

/** How many messages wait while the library loads; more are let go. */
const waitingLimit = 1_000;

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
  let logger: Logger | null = null;
  let loading = false;
  const load = async () => {
    const { pino } = await import('pino');
    const file = pino.destination({ dest: path, sync: true, mkdir: true });
    file.on('error', () => {});
    logger = pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, file);
    for (const [level, message, fields] of waiting.splice(0)) logger[level](fields, message);
  };
  return (message) => {
    const [level, text, fields] = message;
    if (logger !== null) logger[level](fields, text);
    else {
      if (waiting.length < waitingLimit) waiting.push(message);
      if (!loading) load().catch(() => {});
      loading = true;
    }
  };
}
