/** A value that is printed as it is: a time, which looks like a string and is none. */
export type Raw = { raw: string };

/** Pairs in the order they are printed; a list; or a single value. */
export type YamlValue = string | number | boolean | null | Raw | readonly YamlValue[] | YamlMap;
export type YamlMap = { pairs: readonly (readonly [key: string, value: YamlValue])[] };

/** A map in YAML as Go's encoder of that time writes it: lists stand as deep as their key. */
export function goYaml(map: YamlMap): string {
  return `${mapLines(map).join('\n')}\n`;
}

function mapLines({ pairs }: YamlMap): string[] {
  return pairs.flatMap(([key, value]) => {
    const inline = inlineText(value);
    if (inline !== null) return [`${key}: ${inline}`];
    if (isList(value)) return [`${key}:`, ...value.flatMap(itemLines)];
    return [`${key}:`, ...blockLines(value).map((line) => `  ${line}`)];
  });
}

function itemLines(value: YamlValue): string[] {
  const lines = inlineText(value) === null ? blockLines(value) : [inlineText(value) ?? ''];
  return lines.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`));
}

function blockLines(value: YamlValue): string[] {
  if (typeof value === 'object' && value !== null && 'pairs' in value) return mapLines(value);
  return isList(value) ? value.flatMap(itemLines) : [];
}

/** What fits behind a key; null for what takes lines of its own. */
function inlineText(value: YamlValue): string | null {
  if (value === null) return 'null';
  if (typeof value === 'string') return stringText(value);
  if (typeof value !== 'object') return String(value);
  if ('raw' in value) return value.raw;
  if (isList(value)) return value.length === 0 ? '[]' : null;
  return 'pairs' in value && value.pairs.length === 0 ? '{}' : null;
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

/** Would be read back as something else than a string. */
const OTHER =
  /^([-+]?(\d[\d_]*)?\.?\d+([eE][-+]?\d+)?|0x[\da-fA-F]+|~|null|true|false|yes|no|on|off|y|n|\d{4}-\d\d-\d\d.*)$/i;
const SPECIAL = /^[-?:,[\]{}#&*!|>'"%@`\s]|: |:$| #|\s$/;

function stringText(text: string): string {
  if (text === '' || OTHER.test(text)) return `"${text}"`;
  if (/[\u0000-\u001f\u007f]/.test(text)) return JSON.stringify(text);
  return SPECIAL.test(text) ? `'${text.replaceAll("'", "''")}'` : text;
}
