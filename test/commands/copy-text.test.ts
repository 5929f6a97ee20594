import { describe, expect, test } from 'vitest';
import type { Context } from '../../src/commands/context.ts';
import { copyText } from '../../src/commands/copy-text.ts';

/** As much of the outside as copying touches. */
function outside(env: Record<string, string>) {
  const written: string[] = [];
  const files: { path: string; content: string; mode: number | undefined }[] = [];
  const context = {
    env: { get: (name: string) => env[name] },
    terminal: { write: (text: string) => void written.push(text) },
    random: { uuid: () => '0123456789' },
    places: { temporary: '/tmp' },
    files: {
      write: async (path: string, content: string, options?: { mode?: number }) => {
        files.push({ path, content, mode: options?.mode });
      },
    },
  } as unknown as Context;
  return { context, written, files };
}

const xterm = { TERM: 'xterm-256color' };
const path = '/tmp/gravity-console-copy-01234567.txt';

describe('what is copied', () => {
  test('goes to the terminal as it is, whatever is written in it', async () => {
    const { context, written, files } = outside(xterm);
    const text = 'Fehler: „Knoten" 主节点 ist weg\n';
    const said = await copyText(context, { name: 'error', text, toFile: false });
    const base64 = /^\u001b\]52;c;([A-Za-z0-9+/=]+)\u0007$/.exec(written.join(''))?.[1] ?? '';
    expect(Buffer.from(base64, 'base64').toString()).toBe(text);
    expect(said).toMatchObject({ tone: 'good', text: expect.stringContaining('copied error') });
    expect(files).toEqual([]);
  });
  for (const [bytes, where] of [
    [74_994, 'the terminal'],
    [74_995, 'a file'],
  ] as const)
    test(`of ${bytes} bytes goes to ${where}`, async () => {
      const { context, written, files } = outside(xterm);
      const said = await copyText(context, { name: 'output', text: 'x'.repeat(bytes), toFile: false });
      expect(written.length).toBe(where === 'the terminal' ? 1 : 0);
      expect(files.length).toBe(where === 'a file' ? 1 : 0);
      expect(said.text.startsWith(path)).toBe(where === 'a file');
    });
  for (const term of ['linux', 'dumb'])
    test(`goes to a file on a ${term} terminal, which has no clipboard`, async () => {
      const { context, written, files } = outside({ TERM: term });
      await copyText(context, { name: 'phase', text: '/init', toFile: false });
      expect({ written, files }).toEqual({ written: [], files: [{ path, content: '/init\n', mode: 0o600 }] });
    });
  test('that cannot be written to a file is said, with the reason', async () => {
    const { context } = outside(xterm);
    context.files.write = () => Promise.reject(new Error('ENOSPC: no space left on device'));
    const said = await copyText(context, { name: 'phase', text: '/init', toFile: true });
    expect(said).toEqual({ text: `${path} cannot be written: ENOSPC: no space left on device`, tone: 'bad' });
  });
});
