/** Fonts cut down to the characters that the site shows. */
import { glob, readFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

/**
 * Where readers' text comes from. The sidecar's own messages appear in the page too, and Starlight
 * brings the Korean of its buttons.
 */
const sources = [
  'astro.config.mjs',
  'content/**/*.{md,mdx}',
  'examples/**/*.ts',
  'server/**/*.ts',
  'src/**/*.{astro,ts}',
  'node_modules/@astrojs/starlight/dist/translations/ko.js',
];

/** Printable ASCII and the punctuation that typography may put in its place. */
const always = `${Array.from({ length: 0x5f }, (_, i) => String.fromCodePoint(0x20 + i)).join('')}\u00a0“”‘’–—…·×→←↑↓▶■✓`;

/** Every character that a reader may see, each once. */
export const collectCharacters = async (root: URL): Promise<string> => {
  const found = new Set(always);
  for await (const path of glob(sources, { cwd: root })) {
    for (const character of await readFile(new URL(path, root), 'utf8')) found.add(character);
  }
  return [...found].filter(isLabText).join('');
};

/** Latin, punctuation, arrows, boxes, Korean: line breaks and stray symbols are left out. */
const isLabText = (character: string): boolean =>
  /^[\u0020-\u007e\u00a0-\u00ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u25ff\u2700-\u27bf\u3000-\u303f\u3130-\u318f\uac00-\ud7a3]$/.test(
    character,
  );

/** A WOFF2 that holds these characters only, with kerning but without stylistic alternates. */
export const subset = (font: Buffer, characters: string): Promise<Buffer> =>
  subsetFont(font, characters, {
    targetFormat: 'woff2',
    noHinting: true,
    keepFeatures: ['kern', 'mark', 'mkmk', 'ccmp', 'locl', 'tnum'],
  });
