import { actionsDocument } from '../../src/actions/actions-document.ts';
import { twinDocuments } from '../../src/protocol/twin-documents.ts';
import { apiDocument } from './api.ts';
import { commandsDocument } from './commands.ts';
import { errorsDocument } from './errors.ts';
import { eventsDocument } from './events.ts';
import { importsSection } from './imports.ts';
import { keysDocument, keysSection } from './keys.ts';

/** Every generated document by its path; `read` answers what a page holds now, for those generated only in part. */
export async function documents(read: (path: string) => string): Promise<Record<string, string>> {
  const schemas = Object.entries(twinDocuments()).map(([name, text]) => [`docs/${name}`, text] as const);
  return {
    'docs/actions.md': actionsDocument(),
    'docs/api.md': apiDocument(),
    'docs/commands.md': await commandsDocument(),
    'docs/errors.md': errorsDocument(),
    'docs/events.md': eventsDocument(),
    'docs/keys.md': keysDocument(),
    ...Object.fromEntries(schemas),
    'README.md': section(read('README.md'), 'keys', keysSection()),
    'ARCHITECTURE.md': section(read('ARCHITECTURE.md'), 'imports', importsSection()),
  };
}

/** A page with the part between its two marks replaced. */
function section(page: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name}: generated -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`the marks ${open} and ${close} are missing`);
  return `${page.slice(0, from + open.length)}\n${text}${page.slice(to)}`;
}
