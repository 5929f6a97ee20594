/** Standard input of a simulated process, line by line; null is its end. */
export type InputLines = { add(text: string): void; end(): void; next: () => Promise<string | null> };

export function inputLines(): InputLines {
  let text = '';
  let ended = false;
  let wake: () => void = () => {};
  const next = async (): Promise<string | null> => {
    for (;;) {
      const at = text.indexOf('\n');
      if (at >= 0) {
        const line = text.slice(0, at);
        text = text.slice(at + 1);
        return line;
      }
      if (ended) return null;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    add: (more) => {
      text += more;
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    next,
  };
}
