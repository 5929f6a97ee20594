import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { FailureSchema, failures } from '../protocol/failure.ts';
import { type RouteName, routes } from '../protocol/routes.ts';

type Row = {
  method: string;
  path: string;
  summary: string;
  query?: Record<string, string>;
  body?: v.GenericSchema;
  answer: v.GenericSchema | null;
};

/** The table of routes as OpenAPI 3.1, which speaks JSON Schema itself. */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, row] of Object.entries(routes)) {
    const path = row.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [row.method.toLowerCase()]: operation(name as RouteName, row) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'gravity-console agent', version, description: 'Served on Unix sockets only.' },
    paths,
  };
}

function operation(name: RouteName, row: Row): object {
  return {
    operationId: name,
    summary: row.summary,
    parameters: [...pathParameters(row.path), ...queryParameters(row.query ?? {})],
    ...(row.body === undefined ? {} : { requestBody: { required: true, content: json(row.body) } }),
    responses: {
      200: success(row),
      ...(row.body === undefined ? {} : { 201: success(row) }),
      default: failure(),
    },
  };
}

function success({ summary, answer }: Row): object {
  return { description: summary, ...(answer === null ? {} : { content: json(answer) }) };
}

function failure(): object {
  const codes = Object.entries(failures).map(([code, { status }]) => `${code} (${status})`);
  return { description: `one of: ${codes.join(', ')}`, content: json(FailureSchema) };
}

function json(schema: v.GenericSchema): object {
  return { 'application/json': { schema: toJsonSchema(schema, { errorMode: 'ignore' }) } };
}

function pathParameters(path: string): object[] {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters(query: Record<string, string>): object[] {
  return Object.entries(query).map(([name, description]) => ({
    name,
    in: 'query',
    description,
    schema: { type: 'string' },
  }));
}
