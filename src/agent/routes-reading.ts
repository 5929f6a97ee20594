import { describeActions } from '../actions/describe-actions.ts';
import { withCommands } from '../actions/why-commands.ts';
import { whyOf } from '../model/why/why.ts';
import { clean } from '../protocol/clean.ts';
import type { RouteHandlers } from './api.ts';
import type { Ledger } from './contracts.ts';
import { Failed } from './failed.ts';
import { openApi } from './openapi.ts';
import type { Runs } from './runs.ts';
import type { SelfReport } from './self-report.ts';
import type { WhyFactFinder } from './why-facts.ts';

type Reading = Pick<
  RouteHandlers,
  'info' | 'health' | 'cluster' | 'actions' | 'runs' | 'run' | 'output' | 'journal' | 'why' | 'openapi'
>;
type World = { ledger: Ledger; runs: Runs; self: SelfReport; facts: WhyFactFinder; version: string };

const outputBytes = 256 * 1024;
const journalEntries = 1_000;
/** Gravity lists what to roll back first: longer than a sentence. */
const refusalLength = 2_000;

/** The routes that only look. */
export function readingRoutes({ ledger, runs, self, facts, version }: World): Reading {
  const runOf = (id = '') => {
    const run = runs.find(id);
    if (run === null) throw new Failed('run.unknown', `there is no run ${JSON.stringify(id.slice(0, 100))}`);
    return run;
  };
  return {
    info: () => ({ json: self.info() }),
    health: async () => ({ json: await self.health() }),
    cluster: () => ({ json: ledger.snapshot() }),
    actions: () => ({ json: { schema: 1, actions: describeActions() } }),
    runs: () => ({ json: { schema: 1, runs: runs.list() } }),
    run: ({ params }) => ({ json: { schema: 1, run: runOf(params['id']) } }),
    async output({ params, request }) {
      const { id } = runOf(params['id']);
      const from = wholeNumber('from', request.query['from']);
      const { bytes, total } = await runs.output(id, from, outputBytes);
      const headers = { 'x-output-next': String(from + bytes.length), 'x-output-total': String(total) };
      return { bytes, headers };
    },
    journal: async ({ request }) => ({
      json: await ledger.journalPage(wholeNumber('since', request.query['since']), journalEntries),
    }),
    async why({ request }) {
      const { phase = null, refusal = null, node = null } = request.query;
      const cleaned = (text: string | null) => (text === null ? null : clean(text).slice(0, refusalLength));
      const question = { phase, node: cleaned(node), refusal: cleaned(refusal) };
      const found = await facts.find(question);
      const cluster = ledger.state();
      const why = withCommands(cluster, whyOf({ cluster, question, facts: found }), found);
      return { json: { schema: 1, why } };
    },
    openapi: () => ({ json: openApi(version) }),
  };
}

function wholeNumber(name: string, text = '0'): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Failed(
    'request.malformed',
    `${name} must be a whole number, not ${JSON.stringify(text.slice(0, 50))}`,
  );
}
