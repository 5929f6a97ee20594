// Takes the pictures in docs/pictures: every screen and card at every size and look, of the demo after its drain failed, and
// the story of README: it failed, why, fixed, stepped. `npm run pictures -- 120x36` takes those of that size alone, and
// `npm run pictures -- story` the story alone.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { argsJsonSchema } from '../src/actions/describe-actions.ts';
import type { ActionRow } from '../src/actions/row.ts';
import { actions } from '../src/actions/table.ts';
import { type ScreenId, screenTable } from '../src/console/screen-table.ts';
import { type App, startApp } from '../test/driver/terminal.ts';
import { palettes } from './pictures/palette.ts';
import { svgOf } from './pictures/svg.ts';

const program = fileURLToPath(new URL('../bin/gravity-console.mjs', import.meta.url));
const out = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const wanted = process.argv.slice(2);
const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
  { columns: 200, rows: 50 },
].filter(({ columns, rows }) => wanted.length === 0 || wanted.includes(`${columns}x${rows}`));
const withStory = wanted.length === 0 || wanted.includes('story');

/** What tells that a screen stands. */
const stands: Record<ScreenId, RegExp> = {
  overview: /^ recent events/m,
  plan: /▌.*× drain/,
  nodes: /^ {3}node .*probes/m,
  history: /Leader Elected/,
  operations: /^ {2}created +type/m,
  runs: /could not be evicted/,
};

/** How the terminal may look; light is the same frame on the other background. */
const looks: {
  env: Record<string, string>;
  variants: { suffix: string; palette: keyof typeof palettes }[];
}[] = [
  {
    env: {},
    variants: [
      { suffix: '', palette: 'dark' },
      { suffix: '-light', palette: 'light' },
    ],
  },
  { env: { NO_COLOR: '1' }, variants: [{ suffix: '-no-color', palette: 'dark' }] },
];

/** The actions that ask before they act, and whose card opens on a phase without anything more to say. */
const cards = actions.filter(
  (row) =>
    row.scope !== 'run' && !row.confirmWords.startsWith('nothing is asked') && needsNoMoreThanAPhase(row),
);

mkdirSync(out, { recursive: true });
/** Slow enough that times, strips and estimates are those of a real upgrade, ms of patience for it. */
const speed = 10;
const flightMs = 900_000;

for (const { env, variants } of looks) {
  await demo(env, async (app, dir) => {
    const shoot = (name: string) => take(app, name, variants);
    await failAStep(app);
    for (const { columns, rows } of sizes) {
      app.resize(columns, rows);
      await shootScreens(app, (name) => shoot(`${name}-${columns}x${rows}`));
      await shootGantt(app, (name) => shoot(`${name}-${columns}x${rows}`));
      await shootCards(app, (name) => shoot(`${name}-${columns}x${rows}`));
      await shootQuestions(app, (name) => shoot(`${name}-${columns}x${rows}`));
    }
    if (!withStory) return;
    app.resize(120, 36);
    await shootStory(app, dir, (name) => shoot(`story-${name}`));
  });
}

function needsNoMoreThanAPhase(row: ActionRow): boolean {
  const { required = [] } = argsJsonSchema(row);
  return required.every((name) => name === 'phase');
}

/** A step that fails as the drain did, so that there is a run to show; and the wheel is ours. */
async function failAStep(app: App): Promise<void> {
  app.press('x');
  await app.sees('Tab, then Enter');
  app.press('Tab', 'Enter');
  await app.sees(/Step \S+ failed:/, flightMs);
}

async function shootScreens(app: App, shoot: (name: string) => Promise<void>): Promise<void> {
  for (const { id, digit } of screenTable) {
    app.press('1', digit);
    await app.sees(stands[id]);
    await shoot(id);
  }
}

/** The plan with time from left to right, and the tree again. */
async function shootGantt(app: App, shoot: (name: string) => Promise<void>): Promise<void> {
  app.press('2', 'v');
  await app.sees(/whole upgrade|upgrade \d+-/);
  await shoot('gantt');
  app.press('v');
  await app.sees(stands.plan);
}

async function shootCards(app: App, shoot: (name: string) => Promise<void>): Promise<void> {
  app.press('2');
  await app.sees(stands.plan);
  for (const { id } of cards) {
    app.press(':', ...id);
    await app.sees(new RegExp(`▌.*${id.replaceAll('.', '\\.')}`));
    app.press('Enter');
    // Judged: it asks for an answer, or says why not.
    await app.sees(/Tab, then Enter|w why {3}Esc closes/);
    await shoot(`card-${id}`);
    app.press('Esc');
    await app.loses('risk:');
  }
}

/** What asks before a card: why, and the forms of a note and a breakpoint. */
async function shootQuestions(app: App, shoot: (name: string) => Promise<void>): Promise<void> {
  app.press('2');
  await app.sees(stands.plan);
  for (const [key, name, seen] of [
    ['w', 'why', /Next safe step/],
    ['m', 'form-note', /\[ Continue \]/],
    ['b', 'form-breakpoint', /\[ Continue \]/],
  ] as const) {
    app.press(key);
    await app.sees(seen);
    await shoot(name);
    app.press('Esc');
    await app.loses(seen);
  }
}

/** What README shows, in order: the failure on the plan, why, the step after what made it fail is fixed, and it runs. */
async function shootStory(app: App, dir: string, shoot: (name: string) => Promise<void>): Promise<void> {
  app.press('2');
  await app.sees(stands.plan);
  await shoot('1-failed');
  app.press('w');
  await app.sees(/Next safe step/);
  await shoot('2-why');
  app.press('Esc');
  await app.loses(/Next safe step/);
  execFileSync(process.execPath, [program, 'simulate', 'fix', '/masters/master-2/drain', '--dir', dir]);
  app.press('x');
  await app.sees('Tab, then Enter');
  await shoot('3-step');
  app.press('Tab', 'Enter');
  await app.sees(/✓ drain/, flightMs);
  await shoot('4-done');
}

async function demo(
  env: Record<string, string>,
  fly: (app: App, dir: string) => Promise<void>,
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'gravity-console-pictures-'));
  const words = ['demo', '--utc', '--speed', String(speed), '--dir', dir];
  const app = startApp(words, { columns: 120, rows: 36, env });
  try {
    await app.sees('REHEARSAL');
    app.press('2');
    await app.sees(/× drain/, flightMs);
    await fly(app, dir);
  } finally {
    app.kill('SIGTERM');
    await app.ends();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Once nothing has been written for a moment, the frame is whole. */
async function take(
  app: App,
  name: string,
  variants: readonly { suffix: string; palette: keyof typeof palettes }[],
): Promise<void> {
  for (let before = -1; before !== app.written().length; ) {
    before = app.written().length;
    await new Promise((done) => setTimeout(done, 150));
  }
  for (const { suffix, palette } of variants) {
    writeFileSync(join(out, `${name}${suffix}.svg`), svgOf(app.emulator, palettes[palette]));
  }
  console.error(`docs/pictures/${name}`);
}
