import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { DoctorTwinSchema } from '../../src/protocol/twins.ts';
import { agentStub, freshCluster } from './agent-stub.ts';
import { oneShot } from './one-shot.ts';

const nobody = {
  request: async () => ({ ok: false as const, code: 'ENOENT', message: 'no', durationMs: 0 }),
};

describe('doctor', () => {
  test('says in JSON what works and what does not, running nothing', async () => {
    const ended = await oneShot(['doctor', '-o', 'json'], {
      http: nobody,
      env: { PATH: '/nowhere', TERM: 'dumb' },
    });
    const document = JSON.parse(ended.out);
    expect(v.parse(DoctorTwinSchema, document)).toEqual(document);
    expect(ended.code).toBe(3);
    const states = Object.fromEntries(
      document.checks.map(({ name, state }: Record<string, string>) => [name, state]),
    );
    expect(states).toMatchObject({
      root: 'does-not',
      gravity: 'does-not',
      agent: 'absent',
      endpoint: 'unknown',
      terminal: 'absent',
    });
    expect(document.touches.join('\n')).toContain('gravity.db');
  });

  test('lets a running agent tell what it drives with and how its sources are', async () => {
    const { http } = agentStub(freshCluster());
    const ended = await oneShot(['doctor', '-o', 'json', '--agent', 'unix:/a.sock'], { http });
    const names = JSON.parse(ended.out).checks.map(({ name }: { name: string }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['agent', 'node', 'version', 'endpoint', 'source plan', 'clock']),
    );
    expect(names).not.toContain('gravity');
  });
});

describe('completion', () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    test(`knows in ${shell} the commands, their flags and the actions of do`, async () => {
      const { code, out } = await oneShot(['completion', shell]);
      expect(code).toBe(0);
      for (const word of ['status', '--operation-id', 'phase.rollback', '--phase'])
        expect(out).toContain(word);
      expect(out).not.toContain('keep');
    });
  }

  test('refuses a shell it does not know', async () => {
    expect((await oneShot(['completion', 'tcsh'])).code).toBe(2);
    expect((await oneShot(['completion'])).code).toBe(2);
  });
});
