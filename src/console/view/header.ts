import { drivingBinary } from '../../model/driving-binary.ts';
import { observedOf } from '../../model/observed-plan.ts';
import { standing } from '../../model/place.ts';
import { planAbsence } from '../../model/plan-absence.ts';
import type { Autopilot } from '../../protocol/autopilot.ts';
import type { SourceState } from '../../protocol/source.ts';
import type { Cell, Row } from '../../theme/cell.ts';
import { clip, width } from '../cells.ts';
import { roughly } from '../format/duration.ts';
import { clockWithZone, epoch } from '../format/instant.ts';
import { kindWord } from '../kind-word.ts';
import type { Scene } from '../scene.ts';
import { type ScreenRow, screenTable } from '../screen-table.ts';
import type { Ui } from '../ui.ts';
import { whoIs } from '../who-is.ts';
import { attentionCells, tabMark } from './attention.ts';
import { armedBy } from './autopilot.ts';
import { cell, glyph, rowWidth, spread } from './line.ts';
import { type Segment, squeeze } from './squeeze.ts';

/** A beat comes every 10 s: an agent that missed two, ms. */
export const silentMs = 25_000;

/** The two lines at the top of every screen: which cluster this is and in what state, who drives, how old what is shown is. */
export function headerRows(scene: Scene, ui: Ui): Row[] {
  return [identityRow(scene, ui), tabsRow(scene, ui)];
}

/** LIVE, REHEARSAL or REPLAY with its label, in reverse video: nobody may mistake one for the other (design 1). */
export function kindCell(scene: Scene): Cell {
  const { kind, label } = scene.cluster;
  const word = kindWord(scene);
  const bare = kind === 'live' || label === null || scene.size.columns < 100;
  return cell(bare ? ` ${word} ` : ` ${word} ${clip(label, 24)} `, kind);
}

/** The kind word stands first and never gives way. */
function identityRow(scene: Scene, ui: Ui): Row {
  const clock = cell(clockWithZone(scene.now, ui.time, scene.size.columns < 110));
  const kind = kindCell(scene);
  const room = scene.size.columns - width(kind.text) - 1 - width(clock.text) - 2;
  if (room < 0) return [kind];
  return spread(
    [kind, cell(' '), ...joined(fitted(scene, ui, room))],
    [cell(' '), clock, cell(' ')],
    scene.size.columns,
    scene.look,
  );
}

/** What calls for an operator keeps its words as long as all the rest can give way. */
function fitted(scene: Scene, ui: Ui, room: number): Row[] {
  const [name, state] = [nameSegment(scene), stateSegment(scene)];
  const driver = driverSegment(scene, ui);
  const others = [placeSegment(scene), ...binarySegments(scene)];
  const calls = attentionCells(scene);
  const [longest] = calls;
  if (longest === undefined) return squeeze([name, state, ...others, driver], room);
  const whole = squeeze([name, state, { rank: 0, forms: [longest] }, ...others, driver], room);
  if (lineWidth(whole) <= room) return whole;
  // Who has control goes after the name, which the window's title has too.
  const rows = calls.map((call) =>
    squeeze(
      [mayGo({ ...name, rank: 3 }), mayGo(state), { rank: 0, forms: [call] }, mayGo({ ...driver, rank: 2 })],
      room,
    ),
  );
  return rows.find((row) => lineWidth(row) <= room) ?? [calls.at(-1) ?? []];
}

/** Its shortest form, or nothing. */
function mayGo({ rank, forms }: Segment): Segment {
  return { rank: rank + 1, forms: [forms.findLast((form) => form.length > 0) ?? [], []] };
}

function lineWidth(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + rowWidth(row) + 2, -2);
}

function nameSegment({ cluster, look }: Scene): Segment {
  const name = cluster.status?.cluster ?? cluster.plan?.operation.cluster ?? 'cluster unknown';
  const more = glyph('more', look);
  return {
    rank: 1,
    forms: [
      [cell(name, 'strong')],
      [cell(clip(name, 24, more), 'strong')],
      [cell(clip(name, 12, more), 'strong')],
    ],
  };
}

function stateSegment(scene: Scene): Segment {
  const { status, plan } = scene.cluster;
  const state = (status?.state ?? 'state unknown').toUpperCase();
  const role = state === 'ACTIVE' ? 'good' : state === 'DEGRADED' ? 'bad' : 'warn';
  const versions = plan?.operation.versions;
  if (!versions || state === 'ACTIVE') return { rank: 0, forms: [[cell(state, role)]] };
  const to = glyph('to', scene.look);
  const { from, to: target } = versions;
  const forms = [
    `${state} ${from} ${to} ${target}`,
    `${state} ${shortVersion(from)}${to}${shortVersion(target)}`,
    state,
  ];
  return { rank: 0, forms: forms.map((text) => [cell(text, role)]) };
}

/** `2.4.0` as `2.4`: the last zero tells nothing. */
function shortVersion(version: string): string {
  return version.replace(/\.0$/, '');
}

function placeSegment(scene: Scene): Segment {
  const { here, isLead, lead } = standing(scene.cluster);
  if (here === null) return { rank: 4, forms: [[cell('node unknown', 'warn')], []] };
  if (!lead) return { rank: 4, forms: [[cell(here)], []] };
  if (isLead) return { rank: 4, forms: [[cell(`${here} (lead)`)], [cell(`${here} lead`)], []] };
  return {
    rank: 4,
    forms: [[cell(`${here} (lead is ${lead.hostname})`, 'warn')], [cell(`${here}, not lead`, 'warn')], []],
  };
}

/** From 100 columns on it is always told whether the binary is the one the plan names. */
function binarySegments(scene: Scene): Segment[] {
  const { binary, fits } = drivingBinary(scene.cluster);
  const wanted = scene.cluster.plan?.operation.gravityVersion ?? null;
  if (!binary)
    return scene.cluster.binaries.length === 0
      ? []
      : [{ rank: 3, forms: [[cell('no gravity works', 'bad')]] }];
  const version = binary.version ?? 'version unknown';
  if (wanted === null) return [{ rank: 5, forms: [[cell(`gravity ${version}`)], [cell(version)], []] }];
  const right = scene.look.ascii ? 'v matches plan' : '✓ matches plan';
  const verdict = fits ? right : `${scene.look.ascii ? 'x' : '×'} plan wants ${wanted}`;
  const role = fits ? undefined : 'bad';
  const told = [[cell(`gravity ${version} ${verdict}`, role)], [cell(`${version} ${verdict}`, role)]];
  if (!fits) return [{ rank: 3, forms: [...told, [cell(verdict, role)]] }];
  return scene.size.columns < 100
    ? [{ rank: 5, forms: [...told, []] }]
    : [{ rank: 3, forms: [...told, [cell(`gravity ${verdict}`)]] }];
}

/** Whoever has control is named at every width that has room for anything. */
function driverSegment(scene: Scene, ui: Ui): Segment {
  const { holder } = scene.cluster.wheel;
  const rank = 2;
  if (scene.cluster.readOnly) return { rank, forms: [[cell('READ ONLY', 'warn')]] };
  const { autopilot } = scene.cluster;
  // It releases control while it is paused: whoever took it since is named instead.
  if (autopilot !== null && autopilot.state !== 'paused' && (holder === null || holder.console === null))
    return { rank, forms: autopilotForms(autopilot) };
  if (holder?.console === scene.console) return { rank, forms: [[cell('YOU HAVE CONTROL', 'strong')]] };
  return { rank, forms: watchingForms(scene, ui).map((text) => [cell(text)]) };
}

function watchingForms(scene: Scene, ui: Ui): string[] {
  const { holder } = scene.cluster.wheel;
  if (holder !== null) {
    const who = `driver ${whoIs(holder)}`;
    return [`WATCHING · ${who}`, who, clip(who, 24)];
  }
  if (runsElsewhere(scene))
    return [
      'WATCHING · no driver here; another shell runs it',
      'no driver here; another shell runs it',
      'no driver here',
    ];
  const none = `no driver${ui.drive ? ' yet' : ''}`;
  return [`WATCHING · ${none}`, none];
}

/** Whether a phase is in progress that no run of this agent executes. */
function runsElsewhere({ cluster, tree }: Scene): boolean {
  return tree.active.some(({ phase }) => {
    const observed = observedOf(cluster, phase);
    return observed === null ? cluster.passages[phase.id]?.by === null : observed.run === null;
  });
}

/** At every width it is said that the autopilot has control. */
function autopilotForms(autopilot: Autopilot): Row[] {
  const { user } = autopilot.by;
  const forms = [`WATCHING · ${armedBy(autopilot)}`, `autopilot, armed by ${user}`];
  return [...forms, `autopilot, by ${clip(user, 10)}`, 'autopilot'].map((text) => [cell(text)]);
}

function joined(rows: Row[]): Row {
  return rows.flatMap((row) => [cell('  '), ...row]).slice(1);
}

function tabsRow(scene: Scene, ui: Ui): Row {
  const told = scene.connection.state === 'connected' ? ages(scene) : silence(scene);
  const room = scene.size.columns - rowWidth(told) - 2;
  const forms = [(row: ScreenRow) => row.title, (row: ScreenRow) => row.short, () => ''].map((titled) =>
    tabs(scene, ui, titled),
  );
  const fitting = forms.find((form) => rowWidth(form) <= room) ?? tabs(scene, ui, () => '').filter(isChosen);
  // Where all is full, the cell left over parts the two rather than standing at the edge.
  const right = rowWidth(fitting) < room ? [...told, cell(' ')] : [cell(' '), ...told];
  return spread([cell(' '), ...fitting], right, scene.size.columns, scene.look);
}

function isChosen({ role }: Cell): boolean {
  return role === 'chosen';
}

/** The screens by their digits; the one shown always has its title. */
function tabs(scene: Scene, ui: Ui, titled: (row: ScreenRow) => string): Row {
  const gap = scene.size.columns < 100 ? ' ' : '  ';
  return screenTable
    .flatMap((row) => {
      const title = titled(row) || (row.id === ui.screen ? row.short : '');
      const text = title === '' ? row.digit : `${row.digit} ${title}`;
      const sign = tabMark(scene, row.id);
      return [
        cell(gap),
        cell(text, row.id === ui.screen ? 'chosen' : 'faint'),
        ...(sign === null ? [] : [cell(title === '' ? '' : ' '), sign]),
      ];
    })
    .slice(1);
}

/** How old plan, health and status are; a source that fails is dimmed, and says why where there is room. */
function ages(scene: Scene): Row {
  const silent = scene.now - scene.connection.heard;
  if (silent > silentMs) return [cell(`AGENT SILENT FOR ${roughly(silent)}`, 'bad')];
  const { plan, health, status } = scene.cluster.sources;
  return [plan, health, status].flatMap((source) => [cell(' '), ...age(source, scene)]).slice(1);
}

function age(source: SourceState, scene: Scene): Row {
  if (source.source === 'plan' && planAbsence(scene.cluster) !== null) return [cell('plan none', 'faint')];
  const at = epoch(source.lastGood);
  const via = source.via === undefined || scene.size.columns < 100 ? '' : ` (${source.via})`;
  const old = `${at === null ? 'never' : roughly(scene.now - at)}${via}`;
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
