import { describe, expect, it } from 'vitest';
import type { AgentOptions } from '../../src/agent/agent.ts';
import { agentRig, awaitState, removeRig } from '../driver/agent-rig.ts';

const agents: { title: string; options: Partial<AgentOptions> }[] = [
  { title: 'a read-only agent', options: { readOnly: true } },
  { title: 'a replay', options: { kind: 'replay' } },
];

for (const { title, options } of agents)
  describe(title, () => {
    it('shows everything, runs what reads and refuses whatever changes something', async () => {
      const rig = agentRig();
      const client = rig.client();
      const agent = await rig.start(options);
      await awaitState(client, ({ plan }) => plan !== null);
      for (const action of ['operation.step', 'operation.resume', 'operation.complete', 'agent.deploy']) {
        const judgement = await client.judge(action, {});
        if (!judgement.ok) throw new Error(judgement.failure.message);
        expect(judgement.value.allowed).toBe(false);
        const request = { judgementId: judgement.value.id, requestId: `request-${action}`, drive: true };
        expect(await client.start(request)).toMatchObject({ failure: { status: 403 } });
      }
      expect(rig.commands()).toEqual([]);
      const status = await client.judge('agent.status', {});
      expect(status).toMatchObject({ value: { allowed: true } });
      await agent.stop();
      removeRig(rig);
    });
  });
