/** Where this site lies: any static host may serve its folder, under any path. */

const here = import.meta.url;

/** @param path from the root of the site, without a slash at its beginning: `api/health`. */
export const siteUrl = (path: string): string => {
  // The built scripts lie in `_astro/`; the dev server has them where they were written.
  const root = import.meta.env.DEV ? new URL('/', location.href) : new URL('../', here);
  return new URL(path, root).href;
};
