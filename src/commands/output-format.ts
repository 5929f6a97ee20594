import { cleanDeep } from './output-clean.ts';
import type { Flag } from './row.ts';

export const outputFormats = ['text', 'json', 'yaml'] as const;
export type OutputFormat = (typeof outputFormats)[number];

export const outputFlag: Flag = {
  type: 'string',
  describe: 'how to print',
  choices: outputFormats,
  default: 'text',
  alias: 'o',
};

/** The value of `--output`; what the parser let through that is none of the three is text. */
export function outputFormat(flags: Record<string, unknown>): OutputFormat {
  return outputFormats.find((format) => format === flags['output']) ?? 'text';
}

/** A twin in JSON or YAML, cleaned, ending in a newline; `lines` one line of JSON, for `--watch`. */
export async function document(twin: unknown, format: 'json' | 'yaml', lines = false): Promise<string> {
  const value = cleanDeep(twin);
  if (format === 'json') return `${lines ? JSON.stringify(value) : JSON.stringify(value, null, 2)}\n`;
  const { stringify } = await import('yaml');
  const text = stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
  return lines ? `---\n${text}` : text;
}
