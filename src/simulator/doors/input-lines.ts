/** Standard input of a simulated process; `next` is one question's answer, null at the end of the input. */
export type InputLines = { add(text: string): void; end(): void; next: () => Promise<string | null> };

/** What gravity's reader takes at once. */
const BUFFER = 4096;

/**
 * Reads as gravity does: each question makes a new buffered reader, so what was piped behind the first line is lost with
 * it, and a last line without its newline is none (client-facts 8). A terminal hands over line by line; nothing is lost.
 */
export function inputLines(fromTerminal: boolean): InputLines {
  let chunks: string[] = [];
  let ended = false;
  let wake: () => void = () => {};

  const read = async (): Promise<string | null> => {
    while (chunks.length === 0) {
      if (ended) return null;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const [first = '', ...later] = chunks;
    const whole = fromTerminal ? first : first + later.join('');
    const rest = [...(fromTerminal ? later : []), whole.slice(BUFFER)];
    chunks = rest.filter((text) => text !== '');
    return whole.slice(0, BUFFER);
  };

  return {
    add: (more) => {
      chunks.push(...(fromTerminal ? more.split(/(?<=\n)/) : [more]));
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    next: async () => {
      for (let text = ''; ; ) {
        const more = await read();
        if (more === null) return null;
        text += more;
        const at = text.indexOf('\n');
        if (at >= 0) return text.slice(0, at);
      }
    },
  };
}
