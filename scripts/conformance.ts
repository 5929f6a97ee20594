// npm run conformance [-- --check]: how the simulated cluster conforms to the recordings; written into docs/conformance.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { conformance, conformancePage, unexplained } from '../test/simulator/conformance-table.ts';

const page = new URL('../docs/conformance.md', import.meta.url);
const rows = await conformance();
const text = conformancePage(rows);
console.log(text);
if (!process.argv.includes('--check')) writeFileSync(page, text);
else if (readFileSync(page, 'utf8') !== text) {
  console.error('docs/conformance.md: out of date; run npm run conformance and commit what it writes');
  process.exitCode = 1;
}
if (unexplained(rows).length > 0) process.exitCode = 1;
