import type { Fault } from '../fault.ts';
import { printStep } from './print-step.ts';
import { printWarning } from './print-warning.ts';
import type { GravityProcess } from './process.ts';

/**
 * What `resume` does where it finds no operation, or not the binary its unit would run: it takes the operation for an
 * installation and starts that one's service, which is not there (recordings/story/12, cli/bare-resume).
 */
export function resumeInstaller(gravity: GravityProcess): Fault {
  printStep(gravity, 'Resuming installer');
  printWarning(gravity, HINT);
  printStep(gravity, 'Connecting to installer');
  const why = gravity.cluster.situation.systemd ? UNKNOWN_UNIT : NO_SYSTEMD;
  return { messages: [`failed to start service gravity-agent.service: ${why.said}`], original: why.exit };
}

const NO_SYSTEMD = {
  said:
    "System has not been booted with systemd as init system (PID 1). Can't operate.\n" +
    'Failed to connect to bus: Host is down\n',
  exit: 'exit status 1',
};

const UNKNOWN_UNIT = {
  said: 'Failed to start gravity-agent.service: Unit gravity-agent.service not found.\n',
  exit: 'exit status 5',
};

const HINT = `
To abort the installation and clean up the system,
press Ctrl+C two times in a row.

If you get disconnected from the terminal, you can reconnect to the installer
agent by issuing 'gravity resume' command.

If the installation fails, use 'gravity plan' to inspect the state and
'gravity resume' to continue the operation.
See https://gravitational.com/gravity/docs/cluster/#managing-an-ongoing-operation for details.
`;
