/** The lines of a status in text by what they are under: `''` for the lines at its left edge that head nothing. */
export type StatusLines = {
  /** The value behind a key at the left edge, null where there is none. */
  value(key: string): string | null;
  /** The lines under the first of these headings that is there, trimmed and without empty ones; null for none. */
  under(...headings: string[]): string[] | null;
};

/**
 * Sorts the lines of `gravity status` in text. A heading ends where the next key at the left edge begins; what is told
 * by its form is not asked for its indentation, which tickets lose.
 */
export function sortStatusLines(text: string): StatusLines {
  const sections = new Map<string, { value: string; lines: string[] }>();
  let open: string[] | null = null;
  for (const line of text.split('\n')) {
    const [, key, value = ''] = top.exec(line) ?? [];
    if (key !== undefined && !sections.has(key)) {
      open = [];
      sections.set(key, { value: value.trim(), lines: open });
    } else if (line.trim() !== '') {
      if (!isWithin(line)) open = null;
      open?.push(line.trim());
    }
  }
  return {
    value: (key) => sections.get(key)?.value || null,
    under: (...headings) => headings.map((key) => sections.get(key)?.lines).find(Boolean) ?? null,
  };
}

const keys = [
  ...[
    'Cluster name',
    'Cluster status',
    'Cluster image',
    'Cluster nodes',
    'Cluster endpoints',
    'Cluster alerts',
  ],
  ...['Cluster', 'Application', 'Cloud provider', 'Gravity version', 'Join token', 'SELinux support'],
  ...['Periodic updates', 'Remote support', 'Trusted cluster'],
  ...['Active operations', 'Last completed operation', 'Last operation'],
];
const top = new RegExp(`^(${keys.join('|')}):(.*)$`);

/** Whether a line belongs under a heading: by its indentation, or by its form where that is lost. */
function isWithin(line: string): boolean {
  return line.startsWith(' ') || form.test(line);
}

const form =
  /^(?:[*•‣] |- |\[\S{1,3}\] |(?:Masters|Nodes):$|(?:Status|Remote access|SELinux|Instance ID|Instance Type|ID|Started|Completed|Failed|started|completed|failed):|[Uu]se 'gravity plan|.*\d% complete$)/;
