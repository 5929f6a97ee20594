import { table } from '../display/table.ts';
import { type Fault, fault } from '../fault.ts';
import { goJson } from '../go-json.ts';
import type { Arguments } from './arguments.ts';
import type { GravityCommand } from './command-row.ts';
import type { GravityProcess } from './process.ts';

/** `gravity registry`: the images in the cluster's registry (data.md 4.3). */
export const imageCommands: readonly GravityCommand[] = [
  {
    words: ['registry', 'list'],
    flags: { registry: 'text', 'ca-path': 'text', 'cert-path': 'text', 'key-path': 'text', format: 'text' },
    run: images,
  },
];

function images({ cluster, print, out }: GravityProcess, given: Arguments): Fault | null {
  if (!cluster.situation.planet || !cluster.siteAnswers())
    return fault('failed to resolve leader.telekube.local:5000');
  const { name, from, to } = cluster.application;
  const found = [{ repository: name, tags: [...new Set([`v${from}`, `v${to}`])] }];
  const format = given.text('format') ?? 'text';
  if (format !== 'json' && format !== 'text') return fault(`unsupported output format "${format}"`);
  if (format === 'json') out(`${goJson(found)}\n`);
  else
    print(
      table(
        ['Image', 'Tags'],
        found.map(({ repository, tags }) => [repository, tags.join(',')]),
      ),
    );
  return null;
}
