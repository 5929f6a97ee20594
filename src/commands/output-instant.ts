/** An instant for people: whole seconds, null for null. The JSON keeps every digit. */
export function shortInstant(instant: string | null): string | null {
  return instant === null ? null : instant.replace(/\.\d+/, '');
}
