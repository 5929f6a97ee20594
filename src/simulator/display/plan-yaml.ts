import type { States } from '../phase-state.ts';
import { type PhaseError, type PlanDocument, ZERO_TIME } from '../plan-document.ts';
import { goYaml, type YamlMap, type YamlValue } from './go-yaml.ts';
import { shownPlan } from './shown-plan.ts';
import { type Field, type ShapeName, YAML_SHAPES } from './yaml-shapes.ts';

/** `gravity plan --output=yaml`: Go's own names for the keys, errors as lists of bytes (client-facts 6). */
export function planYaml(plan: PlanDocument, states: States): string {
  return goYaml(shaped(shownPlan(plan, states), 'plan'));
}

type Source = Readonly<Record<string, unknown>>;

function shaped(source: Source, name: ShapeName): YamlMap {
  const pairs = YAML_SHAPES[name].flatMap((field) => {
    const value = fieldValue(source[field.json], field);
    return value === undefined ? [] : [[field.yaml, value] as const];
  });
  if (name === 'phase') pairs.push(['error', errorValue(source['error'])]);
  return { pairs };
}

function fieldValue(value: unknown, field: Field): YamlValue | undefined {
  const none = field.time && field.absent === 'omitted' && value === ZERO_TIME;
  if (value === undefined || value === null || none) return absence(field);
  if (field.time) return { raw: String(value) };
  if (field.bytes) return [...atob(String(value))].map((char) => char.charCodeAt(0));
  if (Array.isArray(value))
    return value.map((item) => (field.shape && isSource(item) ? shaped(item, field.shape) : plain(item)));
  return field.shape && isSource(value) ? shaped(value, field.shape) : plain(value);
}

function absence({ absent }: Field): YamlValue | undefined {
  if (absent === 'omitted') return undefined;
  if (absent === 'empty map') return { pairs: [] };
  return absent === 'empty list' ? [] : absent;
}

/** What has no shape of its own keeps its keys. */
function plain(value: unknown): YamlValue {
  if (Array.isArray(value)) return value.map(plain);
  if (isSource(value))
    return { pairs: Object.entries(value).map(([key, inner]) => [key, plain(inner)] as const) };
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function errorValue(value: unknown): YamlValue {
  if (!isError(value)) return null;
  const traces = (value.traces ?? []).map(plain);
  return {
    pairs: [
      ['err', [...new TextEncoder().encode(JSON.stringify(value.error))]],
      ['traces', traces],
      ['message', value.message ?? ''],
      ['messages', []],
      ['fields', { pairs: [] }],
    ],
  };
}

function isError(value: unknown): value is PhaseError {
  return isSource(value);
}

function isSource(value: unknown): value is Source {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
