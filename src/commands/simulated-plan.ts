import { type PlanDocument, readPlanDocument } from '../simulator/plan-document.ts';
import type { Context } from './context.ts';
import { CommandError } from './row.ts';

/** The plan in a file of gravity's JSON; a sentence and exit 2 when it is none. */
export async function planInFile(context: Context, file: string): Promise<PlanDocument> {
  const text = await readGiven(context, file);
  const read = readPlanDocument(text);
  if ('plan' in read) return read.plan;
  throw new CommandError(
    2,
    `${file} ${read.refused}`,
    'save one with gravity plan --output=json > plan.json',
  );
}

/** The text of a file named on the command line; a sentence and exit 2 when it cannot be read. */
export async function readGiven({ files, places }: Context, file: string): Promise<string> {
  const path = absolute(file, places.cwd);
  const text = await files.readText(path).catch((error: unknown) => {
    throw new CommandError(
      2,
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  if (text === null) throw new CommandError(2, `there is no file ${path}`, 'check the name');
  return text;
}

export function absolute(path: string, cwd: string): string {
  return path.startsWith('/') ? path : `${cwd}/${path}`;
}
