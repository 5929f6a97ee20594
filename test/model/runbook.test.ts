import { describe, expect, test } from 'vitest';
import { duration } from '../../src/console/format/duration.ts';
import { type PhaseCheck, phaseChecks } from '../../src/model/phase-checks.ts';
import { phaseKind, phaseKinds } from '../../src/model/phase-kinds.ts';
import { bookParts } from '../../src/model/runbook/book-parts.ts';
import { pageWords } from '../../src/model/runbook/fill.ts';
import { phaseBook } from '../../src/model/runbook/phase-book.ts';
import { readPage } from '../../src/model/runbook/read-page.ts';
import { clusterOf, recordedPlan } from '../console/a-scene.ts';
import { pageTexts, theRunbook } from '../driver/the-runbook.ts';

const unknown = phaseKind('never heard of');
const kinds = [...Object.entries(phaseKinds), ['never heard of', unknown] as const];

describe('the runbook', () => {
  test.for([...pageTexts])('page %s has its sections, each with something in it', ([, text]) => {
    expect(readPage(text)).toHaveProperty('page');
  });

  test('every kind of phase has a page', () => {
    const without = kinds.filter(([, row]) => !pageTexts.has(row.runbook));
    expect(without.map(([kind, row]) => `${kind}: ${row.runbook}`)).toEqual([]);
  });

  test('every page belongs to a kind', () => {
    const named = new Set(kinds.map(([, row]) => row.runbook));
    expect([...pageTexts.keys()].filter((page) => !named.has(page))).toEqual([]);
  });

  test.for([...pageTexts])(
    'page %s says times by the words of the row, so that they cannot drift',
    ([, text]) => {
      const time = text.slice(text.indexOf('## How long'), text.indexOf('## Typical'));
      expect(time).toContain('{usual}');
      expect(time).toContain('{limit}');
    },
  );

  test.for([...pageTexts])('page %s has no word in braces that nobody puts in', ([, text]) => {
    const words = [...text.matchAll(/\{([^}]*)\}/g)].map(([, word]) => word ?? '');
    expect(words.filter((word) => !(pageWords as readonly string[]).includes(word))).toEqual([]);
  });

  test.for([...pageTexts])('page %s is between 20 and 60 lines, none wider than an editor', ([, text]) => {
    const lines = text.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(20);
    expect(lines.length).toBeLessThanOrEqual(60);
  });

  test.for([...pageTexts])('page %s calls gravity only by commands it has', ([, text]) => {
    const known =
      /^(agent deploy|plan (execute|set|resume)|resume|leave --force|exec (kubectl|etcdctl|systemctl|journalctl))\b/;
    const calls = [...text.matchAll(/\{gravity\} ([^`]*)/g)].map(([, words]) => words ?? '');
    expect(calls.filter((words) => !known.test(words))).toEqual([]);
  });

  test('a page that lacks a section is told from a whole one', () => {
    const text = (pageTexts.get('drain') ?? '').replace('## Checks', '## Looks');
    expect(readPage(text)).toEqual({ problem: expect.stringContaining('its sections are') });
    const halved = (pageTexts.get('drain') ?? '').replace(/^ {2}Means:.*\n/m, '');
    expect(readPage(halved)).toEqual({ problem: 'a typical failure is not See, Means and Do' });
  });
});

describe('the checks', () => {
  /** What may follow `gravity`, word by word; whatever is not here might change something. */
  const readOnly: readonly RegExp[] = [
    /^status( history)?$/,
    /^plan$/,
    /^agent status$/,
    /^exec kubectl get [a-z]+( --[a-z-]+(=\S+)?)*$/,
    /^exec etcdctl cluster-health$/,
    /^exec systemctl --failed --no-pager$/,
    /^exec journalctl --no-pager --lines=\d+$/,
    /^exec df \/var\/lib\/gravity --human-readable$/,
  ];
  const rows: [string, PhaseCheck][] = Object.entries(phaseChecks);

  test.for(rows)('%s is a command that only reads', ([, { words }]) => {
    expect(readOnly.some((allowed) => allowed.test(words.join(' ')))).toBe(true);
  });

  test.for(kinds)('%s has one to nine of them, none twice', ([, { checks }]) => {
    expect(checks.length).toBeGreaterThanOrEqual(1);
    expect(checks.length).toBeLessThanOrEqual(9);
    expect(new Set(checks).size).toBe(checks.length);
  });

  test('every check belongs to a kind', () => {
    const used = new Set(kinds.flatMap(([, { checks }]) => [...checks]));
    expect(rows.map(([id]) => id).filter((id) => ![...used].some((one) => one === id))).toEqual([]);
  });
});

describe('the book of a phase', () => {
  const plan = recordedPlan('failed-3m2w');
  const cluster = clusterOf(plan);
  const bookOf = (id: string, part: Partial<Parameters<typeof phaseBook>[0]> = {}) => {
    const about = plan.phases.find((phase) => phase.id === id);
    if (about === undefined) throw new Error(`there is no ${id}`);
    return phaseBook({ runbook: theRunbook, cluster, about, time: null, duration, ...part });
  };

  test('names the node, the times of the kind and the right binary', () => {
    const text = JSON.stringify(bookOf('/masters/master-2/drain').page);
    expect(text).toContain('master-2');
    expect(text).toContain('Usually 1m00s, seldom more than 5m00s');
    expect(text).toContain('/opt/image/gravity plan set --phase=/masters/master-2/drain');
    expect(text).not.toMatch(/\{[a-z]+\}/);
  });

  test('takes learned times before the usual ones, and says from how many runs', () => {
    const seen = [{ kind: 'drain_node', role: 'master', step: null, ms: 20_000, at: '2026-11-22T10:00:00Z' }];
    const time = { p50: 20_000, p90: 40_000, from: 'siblings', seen } as never;
    const parts = bookParts(bookOf('/masters/master-2/drain', { time }), (argv) => argv.join(' '));
    const said = parts.find(({ heading }) => heading === 'How long')?.lines.map(({ text }) => text);
    expect(said?.join(' ')).toContain('Usually 20s, seldom more than 40s');
    expect(said?.join(' ')).toContain('learned from 1 run of this operation');
  });

  test('fills in what Kubernetes calls the node', () => {
    const [pods] = bookOf('/masters/master-2/drain').checks;
    expect(pods?.argv).toContain('--field-selector=spec.nodeName=192.168.1.12');
  });

  test('warns where a check looks at another node than the phase is about', () => {
    const minds = bookOf('/masters/master-2/system-upgrade').checks.filter(({ mind }) => mind !== null);
    expect(minds.map(({ id }) => id)).toEqual(['units', 'log', 'disk']);
    expect(minds[0]?.mind).toBe('it looks at master-1, where the agent is, not at master-2');
  });

  test('of a kind alone keeps the words for what is not known', () => {
    const book = phaseBook({ runbook: theRunbook, cluster, about: 'drain_node', time: null, duration });
    expect(book.page?.recovery.hand).toContain('--phase=PHASE');
    expect(book.checks[0]?.argv).toContain('--field-selector=spec.nodeName=NODE');
  });

  test('without the files says so, and keeps what the row knows', () => {
    const parts = bookParts(bookOf('/masters/master-2/drain', { runbook: new Map() }), () => '');
    expect(parts[0]?.lines[0]?.text).toContain('The page drain is missing.');
  });
});
