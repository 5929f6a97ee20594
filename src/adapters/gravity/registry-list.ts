import { clean } from '../../protocol/clean.ts';
import { foreignName, foreignObjects, foreignTexts } from '../../protocol/foreign.ts';
import { type Reading, read, unread } from '../../protocol/problem.ts';
import { gravityJson } from './gravity-json.ts';

/** An image of the cluster's registry with its tags. */
export type RegistryImage = { repository: string; tags: string[] };

/** `gravity registry list` in JSON (`null` when empty) or as its table of images and comma-joined tags (data.md 4.3). */
export function readRegistryList(text: string): Reading<RegistryImage[]> {
  if (!/^\s*([[{]|null\b)/.test(text)) return readTable(text);
  const document = gravityJson(text, 'the list of images');
  if (!document.ok) return document;
  if (document.value !== null && !Array.isArray(document.value)) {
    return unread('answer.wrong-shape', 'the list of images is not a list');
  }
  const images = foreignObjects(document.value).flatMap((image) => {
    const repository = foreignName(image['repository']);
    return repository === null ? [] : { repository, tags: foreignTexts(image['tags']) };
  });
  return read(images, document.remarks);
}

function readTable(text: string): Reading<RegistryImage[]> {
  const lines = clean(text)
    .split('\n')
    .filter((line) => /[^\s-]/.test(line));
  const header = lines.findIndex((line) => /^Image\s+Tags/i.test(line));
  if (header < 0) return unread('answer.wrong-shape', 'the list of images has no table');
  const images = lines.slice(header + 1).map((line) => {
    const [repository = '', ...tags] = line.trim().split(/[\s,]+/);
    return { repository, tags };
  });
  return read(images);
}
