import type { Judgement } from '../protocol/judgement.ts';
import type { Run } from '../protocol/run.ts';
import type { Position, StreamMessage } from '../protocol/stream.ts';

/** Why the agent did not do what it was asked: a row of the API's failures, or that nobody answered. */
export type LinkFailure = {
  code: string;
  message: string;
  nextStep: string;
  difference?: readonly string[] | undefined;
};

export type Answer<T> = { ok: true; value: T } | { ok: false; failure: LinkFailure };

export type StartRequest = {
  judgementId: string;
  requestId: string;
  word?: string;
  reason?: string;
  drive?: boolean;
};

/** The part of the agent's client the console lives on. */
export type AgentLink = {
  judge(action: string, args: Record<string, unknown>): Promise<Answer<Judgement>>;
  start(request: StartRequest): Promise<Answer<Run>>;
  /** The bytes of a run's output from a byte on; none when there are no more yet. */
  output(run: string, from: number): Promise<Answer<Uint8Array>>;
  stream(handlers: {
    since?: Position;
    onMessage(message: StreamMessage): void;
    onClose(reason: string): void;
  }): { hold(): void; close(): void };
};
