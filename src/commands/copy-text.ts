import type { Notice } from '../console/ui.ts';
import type { Context } from './context.ts';

/** What a terminal is asked to copy at most, in bytes: several drop what is longer than 100,000 characters of base64. */
const most = 74_994;
/** Terminals that are known to take no text for a clipboard. */
const deaf = ['linux', 'dumb', 'vt100', 'vt220'];
/** A tmux or screen on the way to us, perhaps on another machine: by default tmux keeps such a text to itself. */
const between = /^(tmux|screen)/;

/**
 * Copies a text: inside a tmux through tmux, else through the terminal (OSC 52), which never says whether it did. What is
 * too long, or asked for so, or may have been dropped on the way, goes into a file that only this user can read.
 */
export async function copyText(
  context: Context,
  what: { name: string; text: string; toFile: boolean },
): Promise<Notice> {
  const { name, text, toFile } = what;
  const size = new TextEncoder().encode(text).length;
  const amount = `${name}, ${size} bytes`;
  const term = context.env.get('TERM') ?? '';
  if (toFile || deaf.includes(term)) return intoFile(context, text, amount);
  if (size > most) return intoFile(context, text, `${amount}, too long for a clipboard`);
  if (context.env.get('TMUX'))
    return (await intoTmux(context, text))
      ? good(`copied ${amount}: into tmux, and its terminal's clipboard`)
      : intoFile(context, text, amount);
  context.terminal.write(`\u001b]52;c;${base64(text)}\u0007`);
  if (between.test(term)) return intoFile(context, text, `${amount}; copied too if tmux allows it`);
  return good(`copied ${amount}, if your terminal takes copies; Y writes a file`);
}

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** `-w` hands it on to the clipboard of tmux's own terminal, which its default refuses to programs in it. */
async function intoTmux({ processes }: Context, text: string): Promise<boolean> {
  const tmux = processes.start({ path: 'tmux', argv: ['load-buffer', '-w', '-'] });
  tmux.writeStdin(text);
  tmux.endStdin();
  return (await tmux.exited).exitCode === 0;
}

/** The path stands first: it is what must be read where a line is short. */
async function intoFile(context: Context, text: string, amount: string): Promise<Notice> {
  const path = `${context.places.temporary}/gravity-console-copy-${context.random.uuid().slice(0, 8)}.txt`;
  try {
    await context.files.write(path, `${text}\n`, { mode: 0o600 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { text: `${path} cannot be written: ${why}`, tone: 'bad' };
  }
  return good(`${path}: ${amount}`);
}

function good(text: string): Notice {
  return { text, tone: 'good' };
}
