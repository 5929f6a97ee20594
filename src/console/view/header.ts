import { drivingBinary } from '../../model/driving-binary.ts';
import { standing } from '../../model/place.ts';
import type { SourceState } from '../../protocol/source.ts';
import type { Cell, Row } from '../../theme/cell.ts';
import { clip, width } from '../cells.ts';
import { roughly } from '../format/duration.ts';
import { clockWithZone, epoch } from '../format/instant.ts';
import type { Scene } from '../scene.ts';
import { screenTable } from '../screen-table.ts';
import type { Ui } from '../ui.ts';
import { whoIs } from '../who-is.ts';
import { cell, glyph, rowWidth, spread } from './line.ts';

/** The two lines at the top of every screen: which cluster this is and in what state, who drives, how old what is shown is. */
export function headerRows(scene: Scene, ui: Ui): Row[] {
  return [identityRow(scene, ui), tabsRow(scene, ui)];
}

/** LIVE, REHEARSAL or REPLAY with its label, in reverse video: nobody may mistake one for the other (design 1). */
export function kindCell(scene: Scene): Cell {
  const { kind, label } = scene.cluster;
  const bare = kind === 'live' || label === null || scene.size.columns < 100;
  const words = bare ? kind.toUpperCase() : `${kind.toUpperCase()} ${clip(label, 24)}`;
  return cell(` ${words} `, kind);
}

/** Segments in the order they stand; those of the highest rank give way first, first to their short form. */
type Segment = { cells: Row; short: Row; rank: number };

function identityRow(scene: Scene, ui: Ui): Row {
  const narrow = scene.size.columns < 100;
  const clock = cell(clockWithZone(scene.now, ui.time, narrow));
  const segments: Segment[] = [
    {
      cells: [
        cell(
          scene.cluster.status?.cluster ?? scene.cluster.plan?.operation.cluster ?? 'cluster unknown',
          'strong',
        ),
      ],
      short: [],
      rank: 1,
    },
    stateSegment(scene),
    placeSegment(scene),
    binarySegment(scene),
    driverSegment(scene, ui),
  ].filter((segment): segment is Segment => segment !== null);
  const kind = kindCell(scene);
  const room = scene.size.columns - width(kind.text) - 2 - width(clock.text) - 1;
  return spread(
    [kind, cell(' '), ...joined(squeezed(segments, room))],
    [clock, cell(' ')],
    scene.size.columns,
    scene.look,
  );
}

function stateSegment(scene: Scene): Segment {
  const { status, plan } = scene.cluster;
  const state = (status?.state ?? 'state unknown').toUpperCase();
  const role = state === 'ACTIVE' ? 'good' : state === 'DEGRADED' ? 'bad' : 'warn';
  const versions = plan?.operation.versions;
  if (!versions || state !== 'UPDATING') return { cells: [cell(state, role)], short: [], rank: 0 };
  const to = glyph('to', scene.look);
  return {
    cells: [cell(`${state} ${versions.from} ${to} ${versions.to}`, role)],
    short: [cell(`${state} ${shortVersion(versions.from)}${to}${shortVersion(versions.to)}`, role)],
    rank: 0,
  };
}

/** `2.4.0` as `2.4`: the last zero tells nothing. */
function shortVersion(version: string): string {
  return version.replace(/\.0$/, '');
}

function placeSegment(scene: Scene): Segment {
  const { here, isLead, lead } = standing(scene.cluster);
  if (here === null) return { cells: [cell('node unknown', 'warn')], short: [], rank: 3 };
  if (isLead && lead) return { cells: [cell(`${here} (lead)`)], short: [cell(`${here} lead`)], rank: 3 };
  if (!lead) return { cells: [cell(here)], short: [], rank: 3 };
  return {
    cells: [cell(`${here} (lead is ${lead.hostname})`, 'warn')],
    short: [cell(here, 'warn')],
    rank: 3,
  };
}

function binarySegment(scene: Scene): Segment | null {
  const { binary, fits } = drivingBinary(scene.cluster);
  const wanted = scene.cluster.plan?.operation.gravityVersion ?? null;
  if (!binary)
    return scene.cluster.binaries.length === 0
      ? null
      : { cells: [cell('no gravity works', 'bad')], short: [], rank: 4 };
  const version = binary.version ?? 'version unknown';
  const verdict =
    wanted === null ? '' : fits ? (scene.look.ascii ? " + plan's" : " ✓ plan's") : ` × plan wants ${wanted}`;
  const role = fits ? undefined : 'bad';
  return {
    cells: [cell(`gravity ${version}${verdict}`, role)],
    short: [cell(version, role)],
    rank: fits ? 5 : 2,
  };
}

function driverSegment(scene: Scene, ui: Ui): Segment {
  const { holder } = scene.cluster.wheel;
  if (scene.cluster.readOnly) return { cells: [cell('READ ONLY', 'warn')], short: [], rank: 2 };
  if (holder === null)
    return {
      cells: [cell(`WATCHING, ${ui.drive ? 'nobody drives yet' : 'nobody drives'}`)],
      short: [cell('WATCHING')],
      rank: 2,
    };
  if (holder.console === scene.console) return { cells: [cell('DRIVING', 'busy')], short: [], rank: 2 };
  return { cells: [cell(`WATCHING, ${whoIs(holder)} drives`)], short: [cell('WATCHING')], rank: 2 };
}

/** Gives way rank by rank, the highest first: to the short forms, then away altogether. */
function squeezed(segments: Segment[], room: number): Row[] {
  let rows = segments.map((segment) => ({ rank: segment.rank, cells: segment.cells }));
  const total = () =>
    rows.filter((row) => row.cells.length > 0).reduce((sum, row) => sum + rowWidth(row.cells) + 2, -1);
  const ranks = [...new Set(segments.map((segment) => segment.rank))].sort((a, b) => b - a);
  for (const rank of ranks) {
    if (total() <= room) break;
    rows = rows.map((row, index) => {
      const short = segments[index]?.short ?? [];
      return row.rank === rank && short.length > 0 ? { ...row, cells: short } : row;
    });
  }
  for (const rank of ranks) {
    if (total() <= room) break;
    if (rank > 1) rows = rows.map((row) => (row.rank === rank ? { ...row, cells: [] } : row));
  }
  return rows.map((row) => row.cells).filter((cells) => cells.length > 0);
}

function joined(rows: Row[]): Row {
  return rows.flatMap((row) => [cell('  '), ...row]).slice(1);
}

function tabsRow(scene: Scene, ui: Ui): Row {
  const gap = scene.size.columns < 100 ? ' ' : '  ';
  const tabs = screenTable.flatMap((row) => [
    cell(gap),
    cell(`${row.digit} ${row.title}`, row.id === ui.screen ? 'chosen' : 'faint'),
  ]);
  const right = scene.connection.state === 'connected' ? ages(scene) : silence(scene);
  return spread([cell(' '), ...tabs.slice(1)], [...right, cell(' ')], scene.size.columns, scene.look);
}

/** How old plan, health and status are; a source that fails is dimmed, and says why where there is room. */
function ages(scene: Scene): Row {
  const silent = scene.now - scene.connection.heard;
  if (silent > 25_000) return [cell(`AGENT SILENT FOR ${roughly(silent)}`, 'bad')];
  const { plan, health, status } = scene.cluster.sources;
  return [plan, health, status].flatMap((source) => [cell(' '), ...age(source, scene)]).slice(1);
}

function age(source: SourceState, scene: Scene): Row {
  const at = epoch(source.lastGood);
  const old = at === null ? 'never' : roughly(scene.now - at);
  if (source.state !== 'failing')
    return [cell(`${source.source} ${old}`, source.state === 'good' ? undefined : 'faint')];
  const why = scene.size.columns < 100 ? '' : ` ${source.problem?.code.split('.').at(-1) ?? ''}`;
  return [cell(`${source.source} ${old}`, 'faint'), cell(`${scene.look.ascii ? ' x' : ' ×'}${why}`, 'bad')];
}

function silence(scene: Scene): Row {
  const seconds = roughly(scene.now - scene.connection.heard);
  if (scene.connection.state === 'connecting') return [cell('connecting to the agent', 'warn')];
  return [cell(`AGENT SILENT FOR ${seconds}`, 'bad')];
}
