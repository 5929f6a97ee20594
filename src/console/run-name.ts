/** An action with what it is about: `Force /masters/master-2/drain`. For runs and judgements alike. */
export function named({ label, args }: { label: string; args: Record<string, unknown> }): string {
  const operands = Object.values(args).filter((value) => typeof value === 'string');
  return [label, ...operands].join(' ');
}
