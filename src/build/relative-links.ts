import { readdir, readFile, writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';

/**
 * Has the pages name each other, and what they load, from where they lie themselves: the folder can
 * be served under any path. Scripts and styles are told the same by Vite (`renderBuiltUrl`).
 */
export const relativeLinks = (): AstroIntegration => ({
  name: 'lab-relative-links',
  hooks: {
    'astro:config:setup': ({ updateConfig }) => {
      updateConfig({
        vite: { experimental: { renderBuiltUrl: () => ({ relative: true }) } },
      });
    },
    'astro:build:done': async ({ dir }) => {
      const files = (await readdir(dir, { recursive: true })).map((file) =>
        file.replaceAll('\\', '/'),
      );
      // The page for what is missing is shown under addresses of any depth: what Astro has it load is
      // found from none of them.
      const missing = new URL('404.html', dir);
      await writeFile(missing, withoutFiles(await readFile(missing, 'utf8')));
      for (const file of files) {
        const isPage = /(^|\/)index\.html$/.test(file);
        if (!isPage && !file.endsWith('.css')) continue;
        const text = await readFile(new URL(file, dir), 'utf8');
        const depth = file.split('/').length - 1;
        await writeFile(
          new URL(file, dir),
          isPage ? relateLinks(text, depth) : relateUrls(text, depth),
        );
      }
    },
  },
});

const withoutFiles = (html: string): string =>
  html.replaceAll(/<script\b[^>]*\ssrc="[^>]*><\/script>/g, '');

const rootFrom = (depth: number): string => '../'.repeat(depth) || './';

/** @param depth folders between the root and the page. */
export const relateLinks = (html: string, depth: number): string =>
  html
    .replaceAll(/(<[^>]*\s(?:href|src|data-steps)=")\/(?!\/)/g, `$1${rootFrom(depth)}`)
    .replaceAll(/<style\b[^>]*>[\s\S]*?<\/style>/g, (style) => relateUrls(style, depth));

/** @param depth folders between the root and the style sheet. */
const relateUrls = (css: string, depth: number): string =>
  css.replaceAll(/(url\(["']?)\/(?!\/)/g, `$1${rootFrom(depth)}`);
