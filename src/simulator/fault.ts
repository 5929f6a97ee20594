/**
 * An error of gravity: the messages it was wrapped in, outermost first, around the original one.
 * Only `original` is stored in a plan (engine-observed 1). `died` names the phase in which the process died: it
 * reports nothing. `missing`: what was looked for is not there; `plan resume` then takes the plan for an installation's.
 */
export type Fault = { messages: readonly string[]; original: string; died?: string; missing?: true };

export function fault(original: string): Fault {
  return { messages: [], original };
}

export function missing(original: string): Fault {
  return { ...fault(original), missing: true };
}

/** The process died in a phase. */
export function diedIn(phaseId: string): Fault {
  return { ...fault('signal: killed'), died: phaseId };
}

export function wrapped(message: string, inner: Fault): Fault {
  return { ...inner, messages: [message, ...inner.messages] };
}

/** What the operator reads: every layer one tab deeper, none of them re-indented (recordings/engine/02-failures.json). */
export function userMessage({ messages, original }: Fault): string {
  return [...messages, original].map((text, depth) => '\t'.repeat(depth) + text).join('\n');
}
