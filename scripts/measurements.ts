// npm run measurements [-- NAME… --seeds LIST]: runs the benches named, or all, and writes docs/measurements.md anew.
// Of benches not named the page keeps what it holds. Figures move from run to run, so no test compares the page.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { asked } from '../bench/asked.ts';
import { benches } from '../bench/benches.ts';
import { machine } from '../bench/machine.ts';
import { measuredSection, measurementsPage } from '../bench/measurements-page.ts';

const path = resolve('docs/measurements.md');
const words = asked(process.argv.slice(2), Object.keys(benches));

if (typeof words === 'string') {
  console.error(words);
  process.exitCode = 2;
} else {
  const sections = new Map<string, string>();
  for (const name of words.names) {
    const bench = benches[name];
    if (bench === undefined) continue;
    console.error(`measuring ${name} …`);
    sections.set(
      name,
      measuredSection(name, bench, { rows: await bench.bench(words), machine: machine(), asked: words }),
    );
  }
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  writeFileSync(path, measurementsPage(Object.keys(benches), before, sections));
  console.error(`written: ${path}`);
}
