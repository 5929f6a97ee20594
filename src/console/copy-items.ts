import { judge } from '../actions/judge.ts';
import { shellQuote } from '../actions/shell-quote.ts';
import { eventKey, historyItems } from './history-items.ts';
import { cursorOf } from './items.ts';
import { knownFacts } from './known-facts.ts';
import { nodeItems } from './node-items.ts';
import { operationItems } from './operation-items.ts';
import { plainText } from './plain-text.ts';
import type { Scene } from './scene.ts';
import type { ScreenId } from './screen-table.ts';
import type { Ui } from './ui.ts';
import { exitSummary } from './view/exit-summary.ts';
import { eventDetailRows } from './view/history.ts';
import { nodeDetailRows } from './view/node-detail.ts';
import { operationDetailRows } from './view/operation-detail.ts';
import { planDetailRows } from './view/plan-detail.ts';
import { whyText } from './view/why.ts';
import type { WhyOverlay } from './why-overlay.ts';

export type CopyItem = { name: string; text: string };

/** Details are copied as wide lines, so that no sentence is broken. */
const width = 2000;

/** Everything worth copying of what is selected, the likeliest first; where the cluster stands is always among it. */
export function copyItems(scene: Scene, ui: Ui): CopyItem[] {
  if (ui.overlay?.kind === 'why') return whyItems(scene, ui.overlay);
  const own = items[ui.screen]?.(scene, ui) ?? [];
  const standing = { name: 'summary', text: exitSummary(scene).join('\n') };
  return [...own, standing].filter(({ text }) => text !== '');
}

/** The commands of the next step, and the whole answer as it stands. */
function whyItems(scene: Scene, overlay: WhyOverlay): CopyItem[] {
  const answer = plainText(whyText(scene, overlay, { width: Number.POSITIVE_INFINITY }));
  return [
    { name: 'next command', text: overlay.answer?.next.commands.join('\n') ?? '' },
    { name: 'whole answer', text: answer },
  ].filter(({ text }) => text !== '');
}

const items: Partial<Record<ScreenId, (scene: Scene, ui: Ui) => CopyItem[]>> = {
  plan: ofPhase,
  nodes: ofNode,
  history: ofEvent,
  operations: ofOperation,
  runs: ofRun,
};

/** A failed phase is copied for its error, any other for its name. */
function ofPhase(scene: Scene, ui: Ui): CopyItem[] {
  const node = scene.tree.byId.get(cursorOf(scene, ui) ?? '');
  if (node === undefined) return [];
  const { id, error } = node.phase;
  const { commands } = judge({
    cluster: scene.cluster,
    action: 'phase.execute',
    args: { phase: id },
    facts: knownFacts(scene),
  });
  return [
    { name: 'error', text: error ?? '' },
    { name: 'phase', text: id },
    { name: 'command', text: commands.join('\n') },
    { name: 'details', text: plainText(planDetailRows({ scene, ui, node, width })) },
  ];
}

function ofNode(scene: Scene, ui: Ui): CopyItem[] {
  const all = nodeItems(scene, ui.lists.nodes.filter);
  const node = all.find(({ ip }) => ip === cursorOf(scene, ui));
  if (node === undefined) return [];
  return [
    { name: 'node', text: node.name },
    { name: 'address', text: node.ip },
    { name: 'what is wrong', text: [...node.failed, ...node.warned].join('\n') },
    { name: 'details', text: plainText(nodeDetailRows(node, scene, { ui, width })) },
  ];
}

function ofEvent(scene: Scene, ui: Ui): CopyItem[] {
  const all = historyItems(scene, ui.lists.history.filter);
  const event = all.find((one) => eventKey(one) === cursorOf(scene, ui));
  if (event === undefined) return [];
  return [
    { name: 'event', text: event.text },
    { name: 'details', text: plainText(eventDetailRows(event, scene, ui)) },
    { name: 'all listed', text: all.map((one) => `${one.at} ${one.text}`).join('\n') },
  ];
}

function ofOperation(scene: Scene, ui: Ui): CopyItem[] {
  const all = operationItems(scene.cluster, ui.lists.operations.filter);
  const one = all.find(({ id }) => id === cursorOf(scene, ui));
  if (one === undefined) return [];
  return [
    { name: 'operation', text: one.id },
    { name: 'details', text: plainText(operationDetailRows(one, scene, { ui, width })) },
  ];
}

function ofRun(scene: Scene, ui: Ui): CopyItem[] {
  const run = scene.cluster.runs.find(({ id }) => id === cursorOf(scene, ui));
  if (run === undefined) return [];
  const { output } = scene;
  const commands = run.steps.map(({ path, argv }) => shellQuote([path ?? 'gravity', ...argv]));
  return [
    { name: 'output', text: output.run === run.id ? output.lines.join('\n') : '' },
    { name: 'command', text: commands.join('\n') },
    { name: 'result', text: run.sentence ?? '' },
    { name: 'run', text: run.id },
  ];
}
