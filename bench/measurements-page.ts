import type { Asked } from './asked.ts';
import type { Bench } from './benches.ts';
import type { Row } from './row.ts';

const head = `# Measurements

Written by \`npm run measurements\` from \`npm run bench\`; not by hand. Figures are of one run on one machine.
`;

/** The page: of each bench what was measured now, else what the page held before, in the order of the benches. */
export function measurementsPage(
  names: readonly string[],
  before: string,
  measured: ReadonlyMap<string, string>,
): string {
  const sections = names.flatMap((name) => measured.get(name) ?? held(before, name) ?? []);
  return [head, ...sections].join('\n');
}

/** One bench on the page, between its marks. */
export function measuredSection(
  name: string,
  { title, how }: Bench,
  { rows, machine, asked }: { rows: readonly Row[]; machine: string; asked: Asked },
): string {
  const seeds = rows.length > 0 && name === 'estimate' ? ` ${asked.seeds.length} seeds.` : '';
  return [
    open(name),
    `## ${title}`,
    '',
    `\`npm run bench -- ${name}\`, on ${machine}.${seeds}`,
    '',
    ...how.map((line) => `- ${line}`),
    '',
    '| what | value | beside | target | met |',
    '| --- | ---: | --- | --- | --- |',
    ...rows.map(lineOf),
    close(name),
    '',
  ].join('\n');
}

function lineOf({ what, value, unit, against, ratio, target, met }: Row): string {
  const beside = against === null ? '' : `${ratio?.toFixed(2) ?? '?'} × ${against}`;
  const isMet = met === null ? '' : met ? 'yes' : '**no**';
  return `| ${what} | ${value.toFixed(2)} ${unit} | ${beside} | ${target ?? ''} | ${isMet} |`;
}

function held(page: string, name: string): string | null {
  const [from, to] = [page.indexOf(open(name)), page.indexOf(close(name))];
  return from < 0 || to < from ? null : `${page.slice(from, to + close(name).length)}\n`;
}

function open(name: string): string {
  return `<!-- ${name}: measured -->`;
}

function close(name: string): string {
  return `<!-- /${name} -->`;
}
