import type { Runbook, RunbookPage } from '../model/runbook/page.ts';
import { readPage } from '../model/runbook/read-page.ts';
import type { Context } from './context.ts';

/**
 * The pages this program comes with, from `assets/runbook/`. A page that is missing or not as it must be is left out:
 * whoever shows it says so, and nothing else depends on it.
 */
export async function readRunbook({ files, assets }: Pick<Context, 'files' | 'assets'>): Promise<Runbook> {
  const folder = `${assets}/runbook`;
  const names = await files.list(folder).catch(() => []);
  const pages = await Promise.all(
    names
      .filter((file) => file.endsWith('.md'))
      .map(async (file) => [file.slice(0, -'.md'.length), await pageIn(files, `${folder}/${file}`)] as const),
  );
  return new Map(pages.flatMap(([name, page]) => (page === null ? [] : [[name, page] as const])));
}

async function pageIn(files: Context['files'], path: string): Promise<RunbookPage | null> {
  const text = await files.readText(path).catch(() => null);
  const read = text === null ? null : readPage(text);
  return read !== null && 'page' in read ? read.page : null;
}
