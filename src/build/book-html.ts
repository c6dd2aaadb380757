/**
 * A lesson's HTML as part of the whole book: nothing runs, ids of different chapters do not clash, links
 * between chapters stay on the page, and the chapter's title stands above its headings.
 */
const SCRIPT = /<script\b[^>]*>[\s\S]*?<\/script>/g;

/** With its attributes: a value may hold a `>`. */
const TAG = /<[a-z][\w-]*(?:\s+[^\s=>/]+(?:="[^"]*")?)*\s*\/?>/gi;

/** Attributes that name elements of the same page. */
const NAMES = /\s(id|for|aria-labelledby|aria-describedby|aria-controls)="([^"]*)"/g;

/** @param chapters those of the book, as their addresses name them. */
export const placeInBook = (
  html: string,
  chapter: string,
  chapters: ReadonlySet<string>,
): string => {
  const named = (id: string): string => anchorOf(chapter, id);
  const lead = (whole: string, to: string, id: string | undefined): string => {
    if (to === '') return ` href="#${id === undefined ? chapter : named(id)}"`;
    const other = to.slice(1, -1);
    if (!chapters.has(other)) return whole;
    return ` href="#${id === undefined ? other : anchorOf(other, id)}"`;
  };
  return html
    .replace(SCRIPT, '')
    .replace(TAG, (tag) =>
      tag
        .replace(
          NAMES,
          (_, name: string, ids: string) => ` ${name}="${ids.split(' ').map(named).join(' ')}"`,
        )
        .replace(/\shref="(\/[^"#]*\/|)(?:#([^"]*))?"/g, lead)
        .replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${named(id)})`),
    )
    .replace(
      /(<\/?h)([2-5])(?=[\s>])/g,
      (_, tag: string, level: string) => `${tag}${Number(level) + 1}`,
    );
};

const anchorOf = (chapter: string, id: string): string => `${chapter}--${id}`;
