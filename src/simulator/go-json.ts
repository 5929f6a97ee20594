/** JSON as Go's encoder writes it: `<`, `>`, `&` and the two line separators are escaped. `indent` 2 or none. */
export function goJson(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, null, indent);
  return text.replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
