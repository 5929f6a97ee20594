import type { ServedAnswer } from '../ports.ts';
import { type FailureCode, failures } from '../protocol/failure.ts';

/** A request that failed, by a row of the table of failures; thrown by handlers, answered at the API's one door. */
export class Failed extends Error {
  override readonly name = 'Failed';
  readonly code: FailureCode;
  readonly nextStep: string;
  readonly difference: string[] | undefined;
  constructor(
    code: FailureCode,
    sentence: string,
    more: { nextStep?: string | null; difference?: string[] } = {},
  ) {
    super(sentence);
    this.code = code;
    this.nextStep = more.nextStep ?? failures[code].nextStep;
    this.difference = more.difference;
  }
}

export function failureAnswer({ code, message, nextStep, difference }: Failed): ServedAnswer {
  const error = { code, message, nextStep, ...(difference === undefined ? {} : { difference }) };
  return { status: failures[code].status, headers: jsonHeaders, body: JSON.stringify({ error }) };
}

export const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };
