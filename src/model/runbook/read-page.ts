import type { RunbookPage, TypicalFailure } from './page.ts';

/** The sections of a page, in this order and no others. */
const sections = [
  'What it does',
  'How long',
  'Typical failures',
  'Checks',
  'Recovery',
  'What not to do',
] as const;

type Section = (typeof sections)[number];

/** Reads a page of `assets/runbook/`; what is not as it must be comes back as a sentence. */
export function readPage(text: string): { page: RunbookPage } | { problem: string } {
  const [head = '', ...rest] = text.split(/^## /m);
  const title = /^# (.+)\n\s*$/.exec(head)?.[1];
  if (title === undefined) return { problem: 'it does not begin with one title and nothing else' };
  const found = rest.map((part) => part.slice(0, part.indexOf('\n')));
  if (found.join() !== sections.join())
    return { problem: `its sections are ${found.join(', ')} instead of ${sections.join(', ')}` };
  const bodies = new Map(rest.map((part, at) => [sections[at], part.slice(part.indexOf('\n') + 1)]));
  const body = (section: Section): string => bodies.get(section) ?? '';
  const failures = bullets(body('Typical failures')).map(failureOf);
  const recovery = recoveryOf(bullets(body('Recovery')));
  const never = bullets(body('What not to do')).map(line);
  if (failures.some((each) => each === null) || failures.length === 0)
    return { problem: 'a typical failure is not See, Means and Do' };
  if (recovery === null)
    return { problem: 'its recovery is not Execute again, Roll back, Force and By hand' };
  const does = line(body('What it does'));
  const time = line(body('How long'));
  const checks = line(body('Checks'));
  if ([does, time, checks, ...never].includes('') || never.length === 0)
    return { problem: 'one of its sections is empty' };
  return {
    page: { title, does, time, failures: failures.filter((each) => each !== null), checks, recovery, never },
  };
}

/** The items of a list, without their dashes. */
function bullets(body: string): string[] {
  return body.split(/^- /m).slice(1);
}

function failureOf(bullet: string): TypicalFailure | null {
  const [, see, means, todo] = /^See: (.+?)\n {2}Means: (.+?)\n {2}Do: (.+)$/s.exec(bullet) ?? [];
  if (see === undefined || means === undefined || todo === undefined) return null;
  return { see: line(see), means: line(means), todo: line(todo) };
}

function recoveryOf(items: readonly string[]): RunbookPage['recovery'] | null {
  const said = new Map(items.map((item) => splitName(item)));
  const [again, rollback, force, hand] = ['Execute again', 'Roll back', 'Force', 'By hand'].map((name) =>
    said.get(name),
  );
  if (!again || !rollback || !force || !hand || items.length !== 4) return null;
  return { again, rollback, force, hand };
}

function splitName(item: string): [string, string] {
  const at = item.indexOf(': ');
  return [item.slice(0, at), line(item.slice(at + 2))];
}

/** Broken lines of a file as one. */
function line(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}
