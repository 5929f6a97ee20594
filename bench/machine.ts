import { cpus } from 'node:os';

/** What figures were measured on, in a line. */
export function machine(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model ?? 'unknown'}, Node ${process.versions.node}`;
}
