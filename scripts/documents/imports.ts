import { importTable } from '../import-table.ts';
import { code, markdownTable } from './markdown.ts';

/** The import table as ARCHITECTURE.md shows it. */
export function importsSection(): string {
  const rows = importTable.map((room) => [
    room.paths.map(code).join(' '),
    room.rooms.includes('*') ? 'everything' : room.rooms.join(', ') || 'nothing',
    room.packages.map(code).join(' ') || '–',
  ]);
  return markdownTable(['room', 'may import (besides itself)', 'packages'], rows);
}
