import { describe, expect, test } from 'vitest';
import { polledAgent } from '../driver/polled-agent.ts';
import { recordingText } from '../recordings.ts';

const second = 1000;
const plan = 'plan --output=json';
const answers: Record<string, string> = {
  'version --output=json': '{"version":"7.0.41-dev.6"}',
  [plan]: recordingText('plans/fresh-3m.json'),
  'status --output=json': recordingText('story/09-status-json-failed.stdout'),
};

function well(argv: readonly string[]) {
  const stdout = answers[argv.join(' ')];
  return stdout === undefined ? { exitCode: 255, stderr: '[ERROR]: not today\n' } : { stdout };
}

/** An agent whose cluster has been idle for 50 s: the plan it knows is nearly a minute old. */
async function idle(answer: Parameters<typeof polledAgent>[0] = well) {
  const agent = await polledAgent(answer);
  agent.poller.start();
  await agent.clock.advance(50 * second);
  return { ...agent, read: agent.of(plan).length };
}

type Idle = Awaited<ReturnType<typeof idle>>;

/** Asks for the plan and lets `ms` pass: null when it was read by then, else why not; `none` when nobody answered. */
async function asked({ clock, poller }: Idle, ms = second): Promise<string | null> {
  let answer: string | null = 'none';
  void poller.readNow('plan', 5 * second).then((unread) => {
    answer = unread;
  });
  await clock.advance(ms);
  return answer;
}

describe('the plan asked for now', () => {
  test('is read at once, however long until its next turn', async () => {
    const agent = await idle();
    const before = agent.clock.monotonic();
    expect(await asked(agent)).toBeNull();
    expect(agent.of(plan)).toHaveLength(agent.read + 1);
    expect(agent.of(plan).at(-1)?.at).toBe(before);
  });

  test('is one reading for all who ask within 2 s, and another one for who asks later', async () => {
    const agent = await idle();
    await Promise.all([asked(agent), asked(agent)]);
    expect(await asked(agent)).toBeNull();
    expect(agent.of(plan)).toHaveLength(agent.read + 1);
    await agent.clock.advance(second);
    await asked(agent);
    expect(agent.of(plan)).toHaveLength(agent.read + 2);
  });

  test('is never served by a reading that began before a run ended', async () => {
    const agent = await idle();
    agent.poller.runBegan();
    await asked(agent);
    agent.poller.runEnded();
    const ended = agent.clock.monotonic();
    expect(await asked(agent)).toBeNull();
    expect(agent.of(plan).at(-1)?.at).toBeGreaterThanOrEqual(ended);
  });

  test('that fails says why', async () => {
    let broken = false;
    const agent = await idle((argv) =>
      broken && argv[0] === 'plan' ? { exitCode: 255, stderr: '[ERROR]: disk is gone\n' } : well(argv),
    );
    broken = true;
    expect(await asked(agent)).toContain('disk is gone');
  });

  test('is waited for no longer than said, where gravity does not answer', async () => {
    let hangs = false;
    const agent = await idle((argv) =>
      hangs && argv[0] === 'plan' ? { outcome: 'timed-out', exitCode: null } : well(argv),
    );
    hangs = true;
    expect(await asked(agent, 4.9 * second)).toBe('none');
    expect(await asked(agent, 5.1 * second)).toBe('gravity did not answer within 5 s');
  });

  test('says so where another reading of gravity takes too long', async () => {
    let hangs = false;
    const agent = await idle((argv) =>
      hangs && argv[0] === 'status' ? { outcome: 'timed-out', exitCode: null } : well(argv),
    );
    hangs = true;
    void agent.poller.readNow('status', second);
    await agent.clock.settle();
    expect(await asked(agent, 5.1 * second)).toBe('another reading of gravity took longer than 5 s');
  });

  test('is an answer too where there is no operation', async () => {
    const agent = await idle((argv) =>
      argv[0] === 'plan' ? { exitCode: 255, stderr: '[ERROR]: no active operation found\n' } : well(argv),
    );
    expect(agent.source().plan.problem?.code).toBe('gravity.no-operation');
    expect(await asked(agent)).toBeNull();
  });
});
