import { exitCodes } from '../protocol/exit-codes.ts';
import { CommandError, type CommandRow } from './row.ts';

/**
 * `gravity-console proxy`: the other end of `--via`. Copies bytes between its standard streams and the agent's socket,
 * one connection a process, so that whoever may run it over ssh speaks the very same API and nothing else is opened.
 */
export const proxyCommand: CommandRow = {
  name: 'proxy',
  operands: '',
  describe: 'speak the agent’s API over standard input and output',
  hidden: true,
  flags: {
    agent: {
      type: 'string',
      describe: 'the agent’s socket',
      default: 'unix:/run/gravity-console/agent.sock',
      placeholder: 'unix:PATH',
    },
  },
  run: async ({ http, streams }, { flags }) => {
    const socket = String(flags['agent']).replace(/^unix:/, '');
    const peer = await http.dial(socket);
    if ('failed' in peer)
      throw new CommandError(
        exitCodes.noAgent.code,
        `no agent answers on ${socket}: ${peer.failed}`,
        'start one: gravity-console agent',
      );
    await streams.join(peer);
    return exitCodes.fine.code;
  },
};
