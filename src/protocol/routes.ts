import * as v from 'valibot';
import { AgentHealthSchema, InfoSchema } from './info.ts';
import { JournalPageSchema } from './journal.ts';
import { JudgementSchema } from './judgement.ts';
import { EndRequestSchema, JudgementRequestSchema, RunRequestSchema } from './request.ts';
import { RunSchema } from './run.ts';
import { SnapshotSchema, StreamMessageSchema } from './stream.ts';
import { WhySchema } from './why.ts';

const RunAnswerSchema = v.object({ schema: v.literal(1), run: RunSchema });

/**
 * The agent's API, one row a route: docs/api.md and openapi.json are made from it and the agent serves nothing else.
 * `audience` viewer: on both sockets; operator: on agent.sock alone, but read actions may be judged and run by both.
 */
export const routes = {
  info: {
    method: 'GET',
    path: '/v1/info',
    summary: 'who the agent is and what it drives with',
    answer: InfoSchema,
  },
  health: { method: 'GET', path: '/v1/health', summary: 'the agent’s own health', answer: AgentHealthSchema },
  cluster: {
    method: 'GET',
    path: '/v1/cluster',
    summary: 'a snapshot of all it knows',
    answer: SnapshotSchema,
  },
  stream: {
    method: 'GET',
    path: '/v1/stream',
    summary: 'WebSocket: snapshot, then events',
    query: { since: 'EPOCH.SEQ' },
    answer: StreamMessageSchema,
  },
  actions: {
    method: 'GET',
    path: '/v1/actions',
    summary: 'the table of actions',
    answer: v.object({ schema: v.literal(1), actions: v.array(v.looseObject({ id: v.string() })) }),
  },
  judge: {
    method: 'POST',
    path: '/v1/judgements',
    summary: 'judge an action',
    body: JudgementRequestSchema,
    answer: JudgementSchema,
  },
  start: {
    method: 'POST',
    path: '/v1/runs',
    summary: 'run what was judged',
    body: RunRequestSchema,
    answer: RunAnswerSchema,
  },
  runs: {
    method: 'GET',
    path: '/v1/runs',
    summary: 'runs, newest first',
    answer: v.object({ schema: v.literal(1), runs: v.array(RunSchema) }),
  },
  run: { method: 'GET', path: '/v1/runs/:id', summary: 'one run', answer: RunAnswerSchema },
  end: {
    method: 'POST',
    path: '/v1/runs/:id/end',
    summary: 'tell how a run at the caller’s own terminal ended',
    body: EndRequestSchema,
    answer: RunAnswerSchema,
  },
  output: {
    method: 'GET',
    path: '/v1/runs/:id/output',
    summary: 'its output from a byte on, raw',
    query: { from: 'BYTE' },
    answer: null,
  },
  journal: {
    method: 'GET',
    path: '/v1/journal',
    summary: 'the record',
    query: { since: 'N' },
    answer: JournalPageSchema,
  },
  why: {
    method: 'GET',
    path: '/v1/why',
    summary: 'why a phase, a node, or without both the operation, is as it is, and the next safe step',
    query: { phase: 'PHASE', refusal: 'SENTENCE', node: 'NODE' },
    answer: v.object({ schema: v.literal(1), why: WhySchema }),
  },
  openapi: { method: 'GET', path: '/v1/openapi.json', summary: 'this table as OpenAPI', answer: null },
} as const;

export type RouteName = keyof typeof routes;
