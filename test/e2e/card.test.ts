import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Operator, operatorOf } from '../driver/console.ts';
import { keyOf } from '../driver/key-of.ts';
import type { App } from '../driver/terminal.ts';
import { type Watched, watched } from '../driver/watched.ts';

const patience = { timeout: 60_000 };
const noMarked = /\[ No \] +Yes +Tab, then Enter/;
const yesMarked = /No +\[ Yes \] +Tab, then Enter/;

let cluster: Watched;
let app: App;
let operator: Operator;

beforeAll(async () => {
  cluster = await watched('--scenario=quiet', '--speed=200');
  app = cluster.open(['--screen=plan']);
  operator = operatorOf(app);
  await app.sees('/init/master-1');
});

afterAll(() => cluster.end());

afterEach(async () => {
  app.press('Esc');
  await app.loses('risk:');
});

describe('keys that were on their way before the card could be read', () => {
  test('in one write with the key that opens it, Tab and Enter start nothing', patience, async () => {
    app.press('x\t\r\t\r');
    await app.sees(noMarked);
    expect(await cluster.runs()).toEqual([]);
  });

  test('in twenty writes, 30 ms apart, they start nothing either', patience, async () => {
    await typed(['x', ...Array.from({ length: 19 }, (_, at) => (at % 2 === 0 ? '\t' : '\r'))], 30);
    await app.sees(noMarked);
    expect(await cluster.runs()).toEqual([]);
  });

  test('what is pasted is no key: after Tab and Enter in a paste, No is still marked', patience, async () => {
    app.press('x');
    await app.sees(noMarked);
    app.press('\u001b[200~\t\r\u001b[201~');
    app.press('Tab');
    await app.sees(yesMarked);
    expect(await cluster.runs()).toEqual([]);
  });
});

describe('an open card', () => {
  test('is left by Esc, from Yes too, and nothing was done', patience, async () => {
    await operator.open('operation.step');
    await app.sees(noMarked);
    app.press('Tab');
    await app.sees(yesMarked);
    app.press('Esc');
    await app.loses('risk:');
    expect(await cluster.runs()).toEqual([]);
  });

  test('takes no other word than the one it asks for, and says which it was given', patience, async () => {
    await operator.select('/init/worker-1');
    await operator.open('phase.force');
    await app.sees('Type worker-1 to confirm');
    await app.sees('Tab, then Enter');
    app.press('Tab', ...'worker-2', 'Enter');
    await app.sees('Type worker-1 exactly (entered: worker-2).');
    app.press('Tab', 'Tab', 'Enter');
    await app.sees('Type worker-1 exactly (entered: worker-2).');
    app.press('Esc');
    await app.loses('risk:');
    expect(await cluster.runs()).toEqual([]);
  });

  test('says what has changed meanwhile, and asks again from No', patience, async () => {
    app.press(keyOf('follow', 'plan'));
    await operator.open('operation.step');
    await app.sees('Step /init/master-1');
    await app.sees(noMarked);
    await cluster.do('operation.step');
    app.press('Tab');
    await app.sees(yesMarked);
    app.press('Enter');
    await app.sees(/changed +.*was .*\/init\/master-1.*is .*\/init\/master-2/s);
    await app.sees(noMarked);
    expect(await cluster.runs()).toEqual(['operation.step']);
  });
});

/** Writes one key after the other with a pause between: the one test in which that time is what is tested. */
async function typed(keys: readonly string[], pauseMs: number): Promise<void> {
  for (const key of keys) {
    app.press(key);
    await new Promise<void>((done) => setTimeout(done, pauseMs));
  }
}
