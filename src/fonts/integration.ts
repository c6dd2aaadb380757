import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { collectCharacters, subset } from './subset.ts';

/** The font as it lies here, and the file that `styles/fonts.css` names. */
const fonts = [
  ['Pretendard-Regular.woff2', 'lab-sans-regular.woff2'],
  ['Pretendard-Bold.woff2', 'lab-sans-bold.woff2'],
  ['D2Coding.woff2', 'lab-code.woff2'],
] as const;

/**
 * Writes the fonts of the first visit to `.astro/fonts/`: cut down for a build, whole for `astro
 * dev`, where a word that is typed a minute later must show as well.
 */
export const labFonts = (): AstroIntegration => ({
  name: 'lab-fonts',
  hooks: {
    'astro:config:setup': async ({ command, config, logger }) => {
      if (command !== 'build' && command !== 'dev') return;
      const from = new URL('src/fonts/', config.root);
      const to = new URL('.astro/fonts/', config.root);
      await mkdir(to, { recursive: true });
      const characters = command === 'build' ? await collectCharacters(config.root) : '';
      const sizes = await Promise.all(
        fonts.map(async ([source, target]) => {
          const whole = await readFile(new URL(source, from));
          const written = characters === '' ? whole : await subset(whole, characters);
          await writeFile(new URL(target, to), written);
          return `${target} ${Math.round(written.length / 1000)} kB`;
        }),
      );
      logger.info(`${characters.length} characters: ${sizes.join(', ')}`);
    },
  },
});
