import type { AstroIntegration } from 'astro';

/**
 * Refuses to build a book that has something to be mended, in the words of `npm run lessons:check`.
 * Without recordings it builds: they are made of what was built.
 *
 * @param folder the folder of the chapters, `content/`.
 */
export const checkedLessons = (folder: URL): AstroIntegration => ({
  name: 'lab-lessons',
  hooks: {
    // Before Astro reads them itself, and complains in English.
    'astro:config:setup': async ({ command }) => {
      if (command !== 'build') return;
      const { proofread, TEXTS } = await import('../../server/lessons/proof.ts');
      const { problems } = await proofread(folder, TEXTS);
      if (problems.length === 0) return;
      console.error([...problems, `고칠 곳 ${problems.length}개`].join('\n'));
      // Of what is thrown, Astro says in English that it was, and where.
      process.exit(1);
    },
  },
});
