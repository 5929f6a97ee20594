import { type Foreign, foreign } from '../../protocol/foreign.ts';
import type { Plan } from '../../protocol/plan.ts';
import { type Reading, unread } from '../../protocol/problem.ts';
import { isMangled, repairDocument } from './demangle.ts';
import { field } from './field.ts';
import { planFromDocument } from './plan-document.ts';

/**
 * `gravity plan --output=yaml` (recordings/plans/failed-3m2w.yaml), with lines of something else around it. Half a YAML
 * document is still YAML, so what proves it whole is the last key gravity writes. The parser is loaded when needed.
 */
export async function readPlanYaml(text: string): Promise<Reading<Plan>> {
  const { parse } = await import('yaml');
  const own = documentIn(text);
  const mangled = isMangled(own);
  const document = foreign((mangled ? yamlValue(parse, repairDocument(own)) : null) ?? yamlValue(parse, own));
  const ended = own.endsWith('\n');
  const cut = unread<Plan>('answer.truncated', `the plan is cut off after ${text.length} characters`);
  if (document === null) return ended ? unread('answer.wrong-shape', 'the plan is not YAML') : cut;
  if (!isWhole(document, ended)) return cut;
  const plan = planFromDocument(document);
  return plan.ok ? { ...plan, remarks: mangled ? ['text-mangled'] : [] } : plan;
}

/** From the first key to the first line that is neither a key, an item nor indented. */
function documentIn(text: string): string {
  const lines = text.split('\n');
  const rest = lines.slice(lines.findIndex((line) => key.test(line)));
  const end = rest.findIndex((line) => line !== '' && !inside.test(line) && !key.test(line));
  return end < 0 ? rest.join('\n') : [...rest.slice(0, end), ''].join('\n');
}

const key = /^[a-z_]+:(?: |$)/;
// Printf breaks a line after a `%` at its end.
const inside = /^(?: |- |-$|\(MISSING\))/;

/** `dnsconfig` with its `addrs` and `port` is what gravity writes last; without a newline behind it 53 alone is whole. */
function isWhole(document: Foreign, ended: boolean): boolean {
  const port = foreign(field(document, 'dns_config'))?.['port'];
  return ended ? port !== undefined : port === 53;
}

function yamlValue(parse: (text: string, options: { logLevel: 'silent' }) => unknown, text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return null;
  }
}
