import { actionById } from '../actions/table.ts';
import type { RouteHandlers } from './api.ts';
import { Failed } from './failed.ts';
import { type Asked, type StartWorld, startRun } from './start-run.ts';

type Started = Awaited<ReturnType<typeof startRun>>;

/** The routes that judge and run. A request sent twice at once is one: the second waits for the first. */
export function actingRoutes(world: StartWorld): Pick<RouteHandlers, 'judge' | 'start' | 'end'> {
  const underWay = new Map<string, Promise<Started>>();
  const start = async (asked: Asked): Promise<Started> => {
    const { requestId } = asked.request;
    await underWay.get(requestId)?.catch(() => {});
    const mine = startRun(world, asked);
    underWay.set(requestId, mine);
    return mine.finally(() => {
      if (underWay.get(requestId) === mine) underWay.delete(requestId);
    });
  };
  return {
    async judge({ body, door }) {
      const row = actionById(body.action);
      if (!row)
        throw new Failed('action.unknown', `there is no action ${JSON.stringify(body.action.slice(0, 100))}`);
      if (door === 'viewer' && row.risk !== 'read')
        throw new Failed('action.viewer', `${row.id} changes something: this socket is for looking`);
      return {
        json: await world.judgements.judge({ action: body.action, args: body.args }, door === 'operator'),
      };
    },
    async start({ body, door }) {
      const { run, fresh } = await start({ request: body, door });
      return { status: fresh ? 201 : 200, json: { schema: 1, run } };
    },
    async end({ params, body, door }) {
      const { id = '' } = params;
      if (door === 'viewer') throw new Failed('action.viewer', 'this socket is for looking');
      if (world.runs.find(id) === null)
        throw new Failed('run.unknown', `there is no run ${JSON.stringify(id.slice(0, 100))}`);
      const sentence = await world.runs.end(id, body);
      if (sentence !== null) throw new Failed('run.not-lent', sentence);
      return { json: { schema: 1, run: world.runs.find(id) } };
    },
  };
}
