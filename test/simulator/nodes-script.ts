import { isDeepStrictEqual } from 'node:util';
import { phaseTree } from '../../src/simulator/phase-tree.ts';
import { runScript, type ScriptAnswer } from '../../src/simulator/script/run-script.ts';
import { IN_WORDS, rulesOf } from './nodes-arranged.ts';
import { type NodesComparison, steadyCopies } from './nodes-conformance.ts';
import {
  type NodesArrangement,
  type NodesCommand,
  type NodesRecording,
  nodesRecording,
} from './nodes-recording.ts';
import { recordedPlan } from './recorded-plan.ts';

/**
 * Recordings a script cannot tell: a script gives one command after the other, and these have two at once, or etcd stopped
 * while one is under way.
 */
const NOT_ONE_BY_ONE = new Set([
  'nodes/08b-agent-stopped-midway',
  'nodes/09-etcd-down',
  'flights/remote-fails',
]);

export const isToldOneByOne = (folder: string): boolean => !NOT_ONE_BY_ONE.has(folder);

/** A line of a script, and the recorded command it stands for where it does. */
type Line = { text: string; command: NodesCommand | null };

/** Tells a recording of several nodes as a script: how each command ended, and every copy after it. */
export async function compareNodesScript(folder: string): Promise<NodesComparison[]> {
  const recording = nodesRecording(folder);
  const lines = linesOf(recording, folder);
  const plan = recordedPlan(`${folder}/plan.json`);
  const answers = await runScript(plan, lines.map(({ text }) => text).join('\n'));
  const known = new Map<string, Map<string, string>>();
  const begun = new Map(phaseTree(plan).leaves.map(({ id, state }) => [id, state ?? 'unstarted']));
  const given = lines.flatMap(({ command }) => (command === null ? [] : [command]));
  return lines.flatMap(({ command }, at): NodesComparison[] => {
    const answer = answers[at];
    if (answer === undefined) return [];
    learn(known, answer);
    if (command === null) return [];
    const next = given[given.indexOf(command) + 1]?.t ?? Number.MAX_SAFE_INTEGER;
    const name = `${folder} as a script, ${command.t} ${command.node}: ${answer.command}`;
    const ended = { name, said: Math.sign(answer.exit_code), wanted: Math.sign(command.rc) };
    const stateIn = (copy: string, id: string): string | undefined => {
      if (id === 'operation') return answer.operation_state;
      return id === 'cluster' ? answer.cluster_state : (known.get(copy)?.get(id) ?? begun.get(id));
    };
    const copies = steadyCopies(recording.frames, next).map(({ copy, states }) => ({
      name: `${name}, on ${copy}`,
      said: Object.fromEntries([...states.keys()].map((id) => [id, stateIn(copy, id)])),
      wanted: Object.fromEntries([...states].map(([id, state]) => [id, state.split(' ')[0]])),
    }));
    return [ended, ...copies].map((one) => ({ ...one, equal: isDeepStrictEqual(one.said, one.wanted) }));
  });
}

/** What an answer says is another now. */
function learn(known: Map<string, Map<string, string>>, { nodes = {} }: ScriptAnswer): void {
  for (const [copy, states] of Object.entries(nodes)) {
    const own = known.get(copy) ?? new Map<string, string>();
    known.set(copy, own);
    for (const [id, state] of Object.entries(states)) own.set(id, state);
  }
}

function linesOf({ commands, arrangements }: NodesRecording, folder: string): Line[] {
  const given = commands.filter(({ argv }) => !argv.includes('--output=short') && !argv.includes('status'));
  const lines: Line[] = [];
  const say = (text: string): number => lines.push({ text, command: null });
  let node = 'master-1';
  let told = 0;
  for (const command of given) {
    const end = command.t + command.seconds;
    for (; told < arrangements.length && (arrangements[told]?.t ?? 0) < end; told += 1) {
      const arrangement = arrangements[told];
      if (arrangement === undefined) continue;
      for (const text of arranging(arrangement, folder, arrangement.t > command.t)) say(text);
    }
    if (command.node !== node) say(`on-node ${command.node}`);
    node = command.node;
    const running = [...command.stdout.matchAll(/^(?:Executing|Rolling back) "(.*?)"/gm)].at(-1)?.[1];
    if (command.rc < 0) say(`kill ${running}`);
    lines.push({ text: verbOf(command.argv), command });
  }
  return lines;
}

const VERBS: Readonly<Record<string, string>> = {
  fail: 'fail-execute',
  rfail: 'fail-rollback',
  prefail: 'fail-precheck',
  postfail: 'fail-postcheck',
};

/** `midway`: while a command is under way. */
function arranging(arrangement: NodesArrangement, folder: string, midway: boolean): string[] {
  const rules = Object.entries(rulesOf(arrangement, folder)).flatMap(([rule, text]) => {
    const [id = '', what = ''] = rule.split(' ');
    const verb = VERBS[what];
    if (verb === undefined) return [];
    return [text === null ? `fix ${id}` : `${verb} ${id} bad ${text}`];
  });
  const words = IN_WORDS.flatMap(({ words: pattern, does }) => {
    const found = pattern.exec(arrangement.arranged);
    if (found === null) return [];
    const host = found[1] ?? 'master-2';
    if (does === 'etcd stops') return ['etcd down'];
    if (does === 'etcd starts') return ['etcd up'];
    return [`${does === 'agent starts' ? 'agent-up' : midway ? 'agent-kill' : 'agent-down'} ${host}`];
  });
  return [...rules, ...words];
}

function verbOf([, ...argv]: readonly string[]): string {
  const words = argv.join(' ');
  const id = /--phase=(\S+)/.exec(words)?.[1] ?? '';
  const force = words.includes('--force') ? ' --force' : '';
  if (words.startsWith('plan execute')) return `execute ${id}${force}`;
  if (words.startsWith('plan rollback')) return `rollback ${id}${force}`;
  if (words.startsWith('plan resume')) return 'resume';
  if (words.startsWith('plan complete')) return 'complete';
  if (words.startsWith('plan set')) return `set ${id} ${/--state=(\S+)/.exec(words)?.[1]}`;
  return words.includes('--dry-run') ? 'rollback-plan --dry-run' : 'rollback-plan';
}
