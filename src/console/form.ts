/**
 * What an action needs to be told, asked field by field before its card. `values` hold what is typed or chosen, an empty
 * string being nothing; `focus` is the index of a field, one past the last being `Go on`. `problem` is why what was
 * given will not do.
 */
export type Form = {
  kind: 'form';
  action: string;
  values: Readonly<Record<string, string>>;
  focus: number;
  problem: string | null;
};
