import { eventTable } from '../../src/protocol/event.ts';
import { code, markdownTable } from './markdown.ts';

/** docs/events.md: what crosses the stream and what the journal keeps, from the table of events. */
export function eventsDocument(): string {
  const rows = Object.entries(eventTable).map(([kind, row]) => [
    code(kind),
    Object.keys(row.fields).map(code).join(' '),
    row.journal,
  ]);
  return `# Events

Generated from \`src/protocol/event.ts\`. Every event carries \`kind\` and \`seen\`, the agent’s clock. The journal adds \`n\`,
\`epoch\`, \`at\` (the cluster’s own time where it told one, else \`seen\`) and \`tick\`, a monotonic clock in milliseconds.

${markdownTable(['kind', 'carries', 'in the journal'], rows)}`;
}
