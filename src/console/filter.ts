/** Whether a text passes a filter: contains it, whatever the case; a leading `!` turns it round; empty passes all. */
export function passes(filter: string, text: string): boolean {
  const inverted = filter.startsWith('!');
  const wanted = (inverted ? filter.slice(1) : filter).toLowerCase();
  if (wanted === '') return true;
  return text.toLowerCase().includes(wanted) !== inverted;
}
