import type { Foreign } from '../../protocol/foreign.ts';

/** A field of gravity's JSON, or of its YAML, whose keys are the same words without underscores (client-facts 6). */
export function field(node: Foreign, name: string): unknown {
  return node[name] ?? node[name.replaceAll('_', '')];
}
