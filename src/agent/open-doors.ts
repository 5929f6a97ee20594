import type { Handlers, Listening, Server } from '../ports.ts';

/** The two sockets: `operator` for its owner alone, `viewer` beside it for the group too. */
export type Doors = { operator: string; viewer: string; group: string | null };

const maxBody = 64 * 1024;

/** Opens both or neither. */
export async function openDoors(
  server: Server,
  { operator, viewer, group }: Doors,
  handlers: Handlers,
): Promise<{ operator: Listening; viewer: Listening }> {
  const first = await server.listenUnix({ path: operator, mode: 0o600, door: 'operator', maxBody }, handlers);
  try {
    const at = { path: viewer, mode: 0o660, door: 'viewer', maxBody, ...(group === null ? {} : { group }) };
    return { operator: first, viewer: await server.listenUnix(at, handlers) };
  } catch (error) {
    await first.close();
    throw error;
  }
}
