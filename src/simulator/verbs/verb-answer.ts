import type { ServedAnswer } from '../../ports.ts';
import { VERBS, type VerbAnswer, type VerbContext } from './verbs.ts';

/** Carries out `{"words": [VERB, …]}`: 200 with what is so now, 422 with the sentence why not. */
export async function verbAnswer(context: VerbContext, body: string): Promise<ServedAnswer> {
  const [verb = '', ...operands] = wordsOf(body);
  const row = VERBS[verb];
  const answer: VerbAnswer =
    row === undefined
      ? { refused: `there is no verb "${verb}": ${Object.keys(VERBS).join(', ')}` }
      : await row.run(context, operands);
  return {
    status: 'done' in answer ? 200 : 422,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(answer),
  };
}

function wordsOf(body: string): string[] {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !('words' in value)) return [];
    return Array.isArray(value.words) ? value.words.map(String) : [];
  } catch {
    return [];
  }
}
