import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectGivenBack } from '../driver/given-back.ts';
import { keyOf } from '../driver/key-of.ts';
import { type Watched, watched } from '../driver/watched.ts';

const patience = { timeout: 20_000 };

let cluster: Watched;
beforeAll(async () => {
  cluster = await watched('--scenario=drain-fails', '--speed=2000');
  const app = cluster.open(['--screen=plan']);
  await app.sees(/× drain/);
  await app.hangUp();
  // Something is being run all the while: it must go on whichever way consoles leave.
  await cluster.simulate('speed', '1');
  await cluster.simulate('slow', '/masters/master-1/uncordon', '1000');
  await cluster.begin('phase.force', '--phase=/masters/master-1/uncordon', '--word=master-1');
}, 90_000);
afterAll(() => cluster.end());

/** What stands on the normal screen after every way out on which there still is a screen. */
function expectSummary(screen: string): void {
  expect(screen).toMatch(/REHEARSAL test {2}demo\.example\.com: \w+, upgrade [0-9a-f]{8}/);
  expect(screen).toMatch(/failed +\/masters\/master-2\/drain: .*disruption budget/);
  expect(screen).toMatch(
    /goes on +Force \/masters\/master-1\/uncordon \(running for .*\), without this console/,
  );
  expect(screen).toMatch(/next +gravity-console runs --watch/);
  expect(screen).not.toContain('1 Overview');
}

describe('whichever way the console is left, the terminal is as it was and says how things stand', () => {
  const ways: Record<string, (app: ReturnType<Watched['open']>) => void> = {
    'by q': (app) => app.press(keyOf('quit')),
    'by Ctrl-C': (app) => app.press(keyOf('leave')),
    'by q from inside the help': (app) => app.press('?', keyOf('back', 'help'), keyOf('quit')),
    'by SIGTERM': (app) => app.kill('SIGTERM'),
    'by SIGHUP': (app) => app.kill('SIGHUP'),
    'by SIGINT from outside': (app) => app.kill('SIGINT'),
    'by SIGTERM while a card is open': (app) => {
      app.press('x');
      app.kill('SIGTERM');
    },
  };
  for (const [way, leave] of Object.entries(ways))
    test(way, patience, async () => {
      const app = cluster.open(['--screen=plan'], { columns: 240, rows: 30 });
      await app.sees(/→ uncordon/);
      leave(app);
      const { exitCode, screen } = await app.ends();
      expect(exitCode).toBe(0);
      expectGivenBack(app.written());
      expectSummary(screen);
    });
});

describe('a bug of ours', () => {
  for (const bug of ['throws', 'cannot draw'] as const)
    test(
      `that ${bug} ends the console as every other way does, and says that it was one`,
      patience,
      async () => {
        const app = cluster.openBroken(bug);
        await app.sees('1 Overview');
        await app.sees('demo.example.com');
        app.press('j');
        const { exitCode, screen } = await app.ends();
        expect(exitCode).toBe(1);
        expectGivenBack(app.written());
        expectSummary(screen);
        expect(screen).toContain('gravity-console failed: a bug of ours');
        expect(screen).not.toMatch(/^ +at /m);
      },
    );
});

test('the shell has its terminal back in the modes it had it in', patience, async () => {
  const app = cluster.openInShell('before=$(stty -g); "$@"; [ "$before" = "$(stty -g)" ] && echo as it was');
  await app.sees('1 Overview');
  app.press(keyOf('quit'));
  const { screen } = await app.ends();
  expect(screen).toMatch(/^as it was$/m);
});

test('a terminal that goes away takes the console with it, and nothing else', patience, async () => {
  const app = cluster.open(['--screen=plan']);
  await app.sees('1 Overview');
  await app.hangUp();
  const again = cluster.open(['--screen=runs']);
  await again.sees(/running/);
  expect(await cluster.runs()).toEqual(['phase.force']);
});
