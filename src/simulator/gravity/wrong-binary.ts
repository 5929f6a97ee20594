import { type Fault, fault } from '../fault.ts';
import type { Arguments } from './arguments.ts';
import type { GravityProcess } from './process.ts';

/**
 * An update is executed, resumed and rolled back by the binary its plan names and by no other; showing, setting and
 * completing ask for none (client-facts 14).
 */
export function wrongBinary({ cluster }: GravityProcess, given: Arguments): Fault | null {
  const { version } = cluster.world.plan.gravity_package;
  if (version === '' || version === cluster.gravityVersion || given.has('skip-version-check')) return null;
  return fault(
    `Current operation plan should be executed with the gravity binary of version "${version}" while this binary ` +
      `is of version "${cluster.gravityVersion}".\n\n` +
      'Please use the gravity binary from the upgrade installer tarball to execute the plan, or download appropriate ' +
      `version from Gravity Hub (curl https://get.gravitational.io/telekube/install/${version} | bash).\n`,
  );
}
