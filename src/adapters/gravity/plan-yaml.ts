import { type Foreign, foreign } from '../../protocol/foreign.ts';
import type { Plan } from '../../protocol/plan.ts';
import { type Reading, unread } from '../../protocol/problem.ts';
import { isMangled, repairDocument } from './demangle.ts';
import { field } from './field.ts';
import { planFromDocument } from './plan-document.ts';

/**
 * `gravity plan --output=yaml` (recordings/plans/failed-3m2w.yaml). Half a YAML document is still YAML, so what proves
 * it whole is the newline at its end and the last key gravity writes. The parser is loaded when needed.
 */
export async function readPlanYaml(text: string): Promise<Reading<Plan>> {
  const { parse } = await import('yaml');
  const mangled = isMangled(text);
  const document = foreign(
    (mangled ? yamlValue(parse, repairDocument(text)) : null) ?? yamlValue(parse, text),
  );
  const cut = unread<Plan>('answer.truncated', `the plan is cut off after ${text.length} characters`);
  if (document === null)
    return text.endsWith('\n') ? unread('answer.wrong-shape', 'the plan is not YAML') : cut;
  if (!text.endsWith('\n') || !isWhole(document)) return cut;
  const plan = planFromDocument(document);
  return plan.ok ? { ...plan, remarks: mangled ? ['text-mangled'] : [] } : plan;
}

/** `dnsconfig` with its `addrs` and `port` is what gravity writes last. */
function isWhole(document: Foreign): boolean {
  return foreign(field(document, 'dns_config'))?.['port'] !== undefined;
}

function yamlValue(parse: (text: string, options: { logLevel: 'silent' }) => unknown, text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return null;
  }
}
