import { protocolNumber } from '../protocol/text.ts';

export type ProtocolGap = {
  refuse: boolean;
  failure: { code: string; message: string; nextStep: string };
};

/** How far an agent's protocol is from ours: null when it is the same, `refuse` when it is more than one apart (design 6). */
export function protocolGap(agent: number): ProtocolGap | null {
  if (agent === protocolNumber) return null;
  const older = agent < protocolNumber;
  return {
    refuse: Math.abs(agent - protocolNumber) > 1,
    failure: {
      code: 'agent.protocol',
      message: older ? 'agent is older than this console' : 'agent is newer than this console',
      nextStep: older
        ? 'restart it with this version: systemctl restart gravity-console-agent'
        : 'use the gravity-console of the agent’s version',
    },
  };
}
