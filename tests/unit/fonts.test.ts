import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { collectCharacters, subset } from '../../src/fonts/subset.ts';

const root = new URL('../../', import.meta.url);
const font = (name: string): Promise<Buffer> => readFile(new URL(`src/fonts/${name}.woff2`, root));

describe('the characters of the site', () => {
  const made: string[] = [];

  afterEach(async () => {
    await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true })));
  });

  const projectWith = async (files: Record<string, string>): Promise<URL> => {
    const folder = await mkdtemp(join(tmpdir(), 'lab-fonts-'));
    made.push(folder);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return pathToFileURL(`${folder}/`);
  };

  test('come from lessons, interface strings and messages of the sidecar', async () => {
    const characters = await collectCharacters(
      await projectWith({
        'content/01-a/index.mdx': '가',
        'src/strings/page.ts': "export const run = '나';",
        'server/errors.ts': "throw new Error('다');",
      }),
    );
    for (const character of '가나다') expect(characters).toContain(character);
  });

  test('are each named once, and are never line breaks or emoji', async () => {
    const characters = await collectCharacters(
      await projectWith({ 'content/index.mdx': '가가\n🙂' }),
    );
    expect(characters.split('가')).toHaveLength(2);
    expect(characters).not.toMatch(/[\n\u{1f642}]/u);
  });

  test('hold printable ASCII even where nothing is written', async () => {
    const characters = await collectCharacters(await projectWith({}));
    for (const character of 'AZaz09 []{}~') expect(characters).toContain(character);
  });

  test('hold the Korean of Starlight’s own buttons', async () => {
    const buttons = await readFile(
      new URL('node_modules/@astrojs/starlight/dist/translations/ko.js', root),
      'utf8',
    );
    const characters = await collectCharacters(root);
    for (const [syllable] of buttons.matchAll(/[가-힣]/g)) expect(characters).toContain(syllable);
  });
});

/** Milliseconds: three fonts are cut down, on a machine that has other things to do. */
const SLOW = 60_000;

describe('the fonts of the first visit', () => {
  test(
    'weigh 200 kB at most',
    async () => {
      const characters = await collectCharacters(root);
      const names = ['Pretendard-Regular', 'Pretendard-Bold', 'D2Coding'];
      const subsets = await Promise.all(
        names.map(async (name) => subset(await font(name), characters)),
      );
      const bytes = subsets.reduce((sum, { length }) => sum + length, 0);
      expect(bytes).toBeLessThanOrEqual(200_000);
    },
    SLOW,
  );

  test.each(['Pretendard-Regular', 'Pretendard-Bold', 'D2Coding'])(
    '%s has a glyph for every bracket and Hangul syllable asked of it',
    async (name) => {
      const whole = await font(name);
      const sizeOf = async (characters: string): Promise<number> =>
        (await subset(whole, characters)).length;
      const blank = await sizeOf(' ');
      for (const character of '[]{}가뷁힣') {
        expect(await sizeOf(character), character).toBeGreaterThan(blank);
      }
    },
  );
});
