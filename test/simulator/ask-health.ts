import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import type { Answered } from './health-shapes.ts';

export type HealthEndpoint = { health: string; secrets: string; role: Answered['role'] };

/** Over HTTP/1.1, as the recordings were made. */
export function askHealth(
  { health, secrets, role }: HealthEndpoint,
  path: Answered['path'],
): Promise<Answered> {
  const secret = (name: string) => readFileSync(join(secrets, name));
  const options = {
    ca: secret('root.cert'),
    cert: secret('planet-rpc-client.cert'),
    key: secret('planet-rpc-client.key'),
    agent: false as const,
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${health}${path}`, options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const headers = Object.entries(answer.headers).map(([key, value]) => [key, String(value)]);
        resolve({
          path,
          role,
          status: answer.statusCode ?? 0,
          headers: Object.fromEntries(headers),
          text: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    sent.on('error', reject).end();
  });
}
