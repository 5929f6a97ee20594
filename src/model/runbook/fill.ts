/** What the words in braces of a page stand for, each ready to be read. */
export type PageWords = {
  /** The phase's id, and the host name and Kubernetes name of the node it is about. */
  phase: string;
  node: string;
  kube: string;
  /** The gravity to call: its path where it is known. */
  gravity: string;
  /** What half, and what nine of ten, of its kind take; and after how long gravity gives up. */
  usual: string;
  most: string;
  limit: string;
};

/** What a page may say in braces, and no other word. */
export const pageWords = ['phase', 'node', 'kube', 'gravity', 'usual', 'most', 'limit'] as const;

/** A text of a page with its words in braces put in. */
export function fill(text: string, words: PageWords): string {
  return pageWords.reduce((filled, name) => filled.replaceAll(`{${name}}`, words[name]), text);
}
