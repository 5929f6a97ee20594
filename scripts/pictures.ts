// Takes the pictures in docs/pictures: every screen and the card of a step, of the demo after its drain failed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ScreenId, screenTable } from '../src/console/screen-table.ts';
import { type App, startApp } from '../test/driver/terminal.ts';
import { palettes } from './pictures/palette.ts';
import { svgOf } from './pictures/svg.ts';

const out = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
  { columns: 200, rows: 50 },
];

/** What tells that a screen stands. */
const stands: Record<ScreenId, RegExp> = {
  overview: /^ read /m,
  plan: /▌.*× drain/,
  nodes: /^ {3}node .*probes/m,
  history: /Leader Elected/,
  operations: /^ {2}created +type/m,
  runs: /could not be evicted/,
};

mkdirSync(out, { recursive: true });
await demo({}, async (app) => {
  // A step that fails as the drain did, so that there is a run to show.
  app.press('x');
  await app.sees('Tab, then Enter');
  app.press('Tab', 'Enter');
  await app.sees(/Step \S+ failed:/);
  for (const { columns, rows } of sizes) {
    app.resize(columns, rows);
    for (const { id, digit } of screenTable) {
      app.press('1', digit);
      await app.sees(stands[id]);
      await take(app, `${id}-${columns}x${rows}`, 'dark');
      if (id === 'plan' && columns === 120) await take(app, `plan-${columns}x${rows}-light`, 'light');
    }
    app.press('2', 'x');
    await app.sees('Tab, then Enter');
    await take(app, `card-${columns}x${rows}`, 'dark');
    app.press('Esc');
    await app.loses('risk:');
  }
});
await demo({ NO_COLOR: '1' }, async (app) => {
  app.press('2');
  await app.sees(stands.plan);
  await take(app, 'plan-120x36-no-color', 'dark');
});

async function demo(env: Record<string, string>, fly: (app: App) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'gravity-console-pictures-'));
  const words = ['demo', '--utc', '--speed', '100', '--dir', dir];
  const app = startApp(words, { columns: 120, rows: 36, env });
  try {
    await app.sees('REHEARSAL');
    app.press('2');
    await app.sees(/× drain/);
    await fly(app);
  } finally {
    app.kill('SIGTERM');
    await app.ends();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Once nothing has been written for a moment, the frame is whole. */
async function take(app: App, name: string, palette: keyof typeof palettes): Promise<void> {
  for (let before = -1; before !== app.written().length; ) {
    before = app.written().length;
    await new Promise((done) => setTimeout(done, 250));
  }
  writeFileSync(join(out, `${name}.svg`), svgOf(app.emulator, palettes[palette]));
  console.error(`docs/pictures/${name}.svg`);
}
