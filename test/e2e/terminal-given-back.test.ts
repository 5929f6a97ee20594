import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type App, startApp, startProgram } from '../driver/terminal.ts';

const dir = mkdtempSync(join(tmpdir(), 'gravity-console-terminal-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What the console turns on, and what must come after it. */
const modes = {
  'the alternate screen': ['\u001b[?1049h', '\u001b[?1049l'],
  'the hidden cursor': ['\u001b[?25l', '\u001b[?25h'],
  'bracketed paste': ['\u001b[?2004h', '\u001b[?2004l'],
  'the window’s title': ['\u001b[22;2t', '\u001b[23;2t'],
};

function expectGivenBack(written: string): void {
  for (const [what, [on, off]] of Object.entries(modes)) {
    expect(written.lastIndexOf(on ?? ''), what).toBeGreaterThanOrEqual(0);
    expect(written.lastIndexOf(off ?? ''), what).toBeGreaterThan(written.lastIndexOf(on ?? ''));
  }
}

describe('the terminal is given back as it was', () => {
  for (const signal of ['SIGTERM', 'SIGHUP'])
    test(`after ${signal}`, { timeout: 60_000 }, async () => {
      const app: App = startApp(['demo', '--dir', join(dir, signal)]);
      await app.sees('REHEARSAL');
      app.kill(signal);
      await app.ends();
      expectGivenBack(app.written());
    });
  test('after an uncaught exception, whose words stay on the normal screen', {
    timeout: 60_000,
  }, async () => {
    const app = startProgram('test/driver/console-that-throws.ts');
    await app.sees('NOT CONNECTED');
    app.press('j');
    const { exitCode, screen } = await app.ends();
    expect(exitCode).not.toBe(0);
    expect(screen).toContain('a bug of ours');
    expectGivenBack(app.written());
  });
});
