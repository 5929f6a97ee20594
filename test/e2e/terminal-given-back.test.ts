import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { expectGivenBack } from '../driver/given-back.ts';
import { type App, startApp, startProgram } from '../driver/terminal.ts';

const dir = mkdtempSync(join(tmpdir(), 'gravity-console-terminal-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

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
