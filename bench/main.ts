import { type Asked, asked } from './asked.ts';
import { benches } from './benches.ts';
import { machine } from './machine.ts';
import type { Row } from './row.ts';

const words = asked(process.argv.slice(2), Object.keys(benches));

if (typeof words === 'string') {
  console.error(words);
  process.exitCode = 2;
} else {
  const rows = await measure(words);
  if (words.json) console.log(JSON.stringify({ machine: machine(), rows }));
  else for (const row of rows) console.log(lineOf(row));
}

async function measure(what: Asked): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of what.names) {
    console.error(`measuring ${name} …`);
    rows.push(...((await benches[name]?.bench(what)) ?? []));
  }
  return rows;
}

function lineOf(row: Row): string {
  const beside = row.against === null ? '' : `  ${row.ratio?.toFixed(2) ?? '?'} × ${row.against}`;
  const aim = row.target === null ? '' : `  target ${row.target}: ${row.met ? 'met' : 'NOT met'}`;
  return `${row.name.padEnd(10)} ${row.what.padEnd(60)} ${row.value.toFixed(2).padStart(10)} ${row.unit}${beside}${aim}`;
}
