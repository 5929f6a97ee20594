import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { systemProcesses } from '../../src/adapters/system/processes.ts';
import type { Agent } from '../../src/agent/agent.ts';
import type { Result } from '../../src/console/client.ts';
import type { RunEnd } from '../../src/protocol/request.ts';
import { agentRig, awaitEnd, awaitState, removeRig } from '../driver/agent-rig.ts';

const rig = agentRig();
const client = rig.client();
const processes = systemProcesses(systemClock());
const here = { pid: process.pid, birth: processes.birth(process.pid) ?? '' };
let agent: Agent;
let count = 0;

beforeAll(async () => {
  agent = await rig.start();
  await awaitState(client, ({ plan, status }) => plan !== null && status !== null);
});
afterAll(async () => {
  await agent.stop();
  removeRig(rig);
});

describe('a run at a console’s own terminal', () => {
  const rows: [what: string, end: RunEnd, state: string, sentence: RegExp | null][] = [
    ['left with exit', { exitCode: 0, signal: null }, 'done', null],
    ['left after a command that failed', { exitCode: 1, signal: null }, 'done', /exit code 1/],
    ['refused by gravity', { exitCode: 255, signal: null }, 'failed', /gravity failed/],
    ['killed', { exitCode: null, signal: 'SIGKILL' }, 'failed', /killed by SIGKILL/],
    ['never started', { exitCode: null, signal: null }, 'failed', /could not be started/],
  ];
  for (const [what, end, state, sentence] of rows) {
    it(`${what} is ${state}`, async () => {
      const { id } = value(await begin(here));
      expect(value(await client.run(id))).toMatchObject({ state: 'running', action: 'node.shell' });
      const run = value(await client.end(id, end));
      expect(run).toMatchObject({ state, ...end });
      if (sentence === null) expect(run.sentence).toBeNull();
      else expect(run.sentence).toMatch(sentence);
    });
  }

  it('is never run by the agent itself', () => {
    expect(rig.commands().filter((words) => words.startsWith('shell'))).toEqual([]);
  });

  it('is refused to who has no terminal, or is a process of another machine', async () => {
    for (const terminal of [undefined, { ...here, birth: 'another life' }])
      expect(await begin(terminal)).toMatchObject({ ok: false, failure: { code: 'action.not-local' } });
  });

  it('ends once, and nothing else is ended this way', async () => {
    const { id } = value(await begin(here));
    value(await client.end(id, { exitCode: 0, signal: null }));
    const again = await client.end(id, { exitCode: 0, signal: null });
    expect(again).toMatchObject({
      ok: false,
      failure: { code: 'run.not-lent', message: `run ${id} is over` },
    });
    const other = await client.end('no-such-run', { exitCode: 0, signal: null });
    expect(other).toMatchObject({ ok: false, failure: { code: 'run.unknown' } });
  });

  it('is not the viewer’s to open or to end', async () => {
    const viewer = rig.client({}, 'watch');
    expect(await viewer.judge('node.shell', {})).toMatchObject({ ok: false });
    const { id } = value(await begin(here));
    expect(await viewer.end(id, { exitCode: 0, signal: null })).toMatchObject({
      ok: false,
      failure: { code: 'action.viewer' },
    });
    value(await client.end(id, { exitCode: 0, signal: null }));
  });

  it('outlives the agent, and is lost only with its console', async () => {
    const child = processes.start({ path: '/bin/sleep', argv: ['600'] });
    const { id } = value(await begin({ pid: child.pid, birth: processes.birth(child.pid) ?? '' }));
    await agent.stop();
    agent = await rig.start();
    expect(value(await client.run(id)).state).toBe('running');
    child.kill('SIGKILL');
    expect(await awaitEnd(client, id)).toMatchObject({
      state: 'lost',
      sentence: expect.stringMatching(/the console it ran in is gone/),
    });
  });
});

async function begin(terminal: { pid: number; birth: string } | undefined) {
  const { id } = value(await client.judge('node.shell', {}));
  count += 1;
  return client.start({ judgementId: id, requestId: `request-${count}`, ...(terminal && { terminal }) });
}

function value<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(`${answer.failure.code}: ${answer.failure.message}`);
  return answer.value;
}
