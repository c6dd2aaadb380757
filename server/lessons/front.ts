/** Front matter: what of it is this book's own (the rest is Starlight's), and where it stands in its file. */
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { Needs } from './check.ts';

/** Of a chapter with steps. */
export const ChapterFront = z.object({
  /** The cluster that it begins with, `[]` where it begins with none. */
  needs: Needs,
});

/** Of any page. */
export const Front = ChapterFront.partial();

export interface FrontMatter {
  /** What it says; nothing, where it cannot be read. */
  readonly data: unknown;
  /** The line of what cannot be read. */
  readonly broken: number | undefined;
  /** The line of a value, or of what it would be in. */
  lineOf(path: readonly PropertyKey[]): number;
}

export const readFront = (source: string): FrontMatter => {
  const lineCounter = new LineCounter();
  const yaml = /^---\n([\s\S]*?)\n?---/.exec(source)?.[1] ?? '';
  // A date is one, as Astro reads it.
  const document = parseDocument(yaml, { customTags: ['timestamp'], lineCounter });
  // Behind the `---` of the first line.
  const lineAt = (offset: number): number => lineCounter.linePos(offset).line + 1;
  const [error] = document.errors;
  return {
    data: error === undefined ? (document.toJS() ?? {}) : {},
    broken: error && lineAt(error.pos[0]),
    lineOf: (path) => {
      let node: unknown = document.contents;
      let line = 1;
      for (const name of path) {
        const pair = isMap(node) ? node.items.find(({ key }) => nameOf(key) === name) : undefined;
        const place = isSeq(node) ? node.items[Number(name)] : pair?.key;
        if (!isNode(place)) break;
        if (place.range) line = lineAt(place.range[0]);
        node = pair === undefined ? place : pair.value;
      }
      return line;
    },
  };
};

const nameOf = (key: unknown): unknown => (isScalar(key) ? key.value : key);
