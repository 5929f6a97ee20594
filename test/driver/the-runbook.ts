import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Runbook } from '../../src/model/runbook/page.ts';
import { readPage } from '../../src/model/runbook/read-page.ts';

const folder = resolve(import.meta.dirname, '../../assets/runbook');

/** Every page as it is written, by its name. */
export const pageTexts: ReadonlyMap<string, string> = new Map(
  readdirSync(folder).map((file) => [file.replace(/\.md$/, ''), readFileSync(join(folder, file), 'utf8')]),
);

/** The runbook the program comes with. */
export const theRunbook: Runbook = new Map(
  [...pageTexts].map(([name, text]) => {
    const read = readPage(text);
    if ('problem' in read) throw new Error(`${name}: ${read.problem}`);
    return [name, read.page] as const;
  }),
);
