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
  return gravity.cluster.situation.systemd
    ? unknownUnit('gravity-agent.service')
    : noSystemd('gravity-agent.service');
}

/** What starting a unit comes to where systemd is not there at all. */
export function noSystemd(unit: string): Fault {
  const said =
    "System has not been booted with systemd as init system (PID 1). Can't operate.\n" +
    'Failed to connect to bus: Host is down\n';
  return { messages: [`failed to start service ${unit}: ${said}`], original: 'exit status 1' };
}

function unknownUnit(unit: string): Fault {
  const said = `Failed to start ${unit}: Unit ${unit} not found.\n`;
  return { messages: [`failed to start service ${unit}: ${said}`], original: 'exit status 5' };
}

const HINT = `
To abort the installation and clean up the system,
press Ctrl+C two times in a row.

If you get disconnected from the terminal, you can reconnect to the installer
agent by issuing 'gravity resume' command.

If the installation fails, use 'gravity plan' to inspect the state and
'gravity resume' to continue the operation.
See https://gravitational.com/gravity/docs/cluster/#managing-an-ongoing-operation for details.
`;
