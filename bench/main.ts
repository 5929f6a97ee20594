import { cpus } from 'node:os';
import type { Row } from './row.ts';

/** Every bench by its name; a new one is a row here and a file beside this one. */
const benches: Record<string, () => Promise<Row[]>> = {
  poll: async () => (await import('./poll.ts')).bench(),
};

const words = process.argv.slice(2);
const asJson = words.includes('--json');
const names = words.filter((word) => !word.startsWith('--'));
const unknown = names.filter((name) => !(name in benches));

if (unknown.length > 0) {
  console.error(`no bench named ${unknown.join(', ')}. Next: one of ${Object.keys(benches).join(', ')}`);
  process.exitCode = 2;
} else {
  const rows = await measure(names.length > 0 ? names : Object.keys(benches));
  if (asJson) console.log(JSON.stringify({ machine: machine(), rows }));
  else for (const row of rows) console.log(lineOf(row));
}

async function measure(chosen: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of chosen) {
    console.error(`measuring ${name} …`);
    rows.push(...((await benches[name]?.()) ?? []));
  }
  return rows;
}

function machine(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model ?? 'unknown'}, Node ${process.versions.node}`;
}

function lineOf(row: Row): string {
  const beside = row.against === null ? '' : `  ${row.ratio?.toFixed(2) ?? '?'} × ${row.against}`;
  const aim = row.target === null ? '' : `  target ${row.target}: ${row.met ? 'met' : 'NOT met'}`;
  return `${row.name.padEnd(10)} ${row.what.padEnd(48)} ${row.value.toFixed(2).padStart(10)} ${row.unit}${beside}${aim}`;
}
