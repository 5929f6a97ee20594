import { operationType } from './operation-type.ts';

/** What people call an operation of this type; a type never seen keeps gravity's word. */
export function operationName(type: string | null): string {
  return operationType(type).name;
}
