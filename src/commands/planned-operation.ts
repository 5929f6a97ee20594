import { DEFAULT_OPERATION, OPERATIONS } from '../simulator/plan/operations.ts';
import type { PlanDocument } from '../simulator/plan-document.ts';
import type { Context } from './context.ts';
import { CommandError } from './row.ts';
import { planInFile } from './simulated-plan.ts';

type Flags = Record<string, unknown>;

const CREATED_AGO_MS = 15 * 60 * 1000;

/** The plan a simulated cluster starts with: one from a file, or of an operation by name on a cluster of a size. */
export async function plannedOperation(context: Context, flags: Flags): Promise<PlanDocument> {
  if (flags['plan'] !== undefined) return planInFile(context, String(flags['plan']));
  const name = String(flags['operation'] ?? DEFAULT_OPERATION);
  const operation = OPERATIONS[name];
  if (operation === undefined) {
    const known = Object.keys(OPERATIONS).join(', ');
    throw new CommandError(2, `there is no operation "${name}"`, `choose one of ${known}`);
  }
  const size = { masters: whole(flags, 'masters', 1), workers: whole(flags, 'workers', 0) };
  const least = operation.leastNodes ?? 1;
  if (size.masters + size.workers < least) {
    throw new CommandError(2, `--operation ${name} needs a cluster of ${least} nodes`, 'give more --workers');
  }
  return operation.build({
    ...size,
    operationId: context.random.uuid(),
    cluster: 'demo.example.com',
    createdMs: context.clock.now() - CREATED_AGO_MS,
  });
}

/** The servers' addresses end in .11 and .101 upwards: that many fit. */
const MOST = { masters: 9, workers: 150 } as const;

function whole(flags: Flags, name: 'masters' | 'workers', least: number): number {
  const value = Number(flags[name]);
  if (Number.isInteger(value) && value >= least && value <= MOST[name]) return value;
  throw new CommandError(
    2,
    `--${name} ${String(flags[name])} does not fit`,
    `give ${least} to ${MOST[name]}`,
  );
}
