import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';

/** Fonts and the index of the search are compressed already. */
const TEXT = /\.(html|css|js|json|svg|cast)$/;

/** Bytes: below, the file is a packet or two either way. */
const LEAST = 1_024;

/**
 * Writes a compressed twin (`.gz`) beside each text of the site: who serves it compresses nothing at a
 * request. The last of the integrations: it wants the files as they stay.
 */
export const compressedTwins = (): AstroIntegration => ({
  name: 'lab-compressed-twins',
  hooks: {
    'astro:build:done': ({ dir }) => writeTwins(fileURLToPath(dir)),
  },
});

export const writeTwins = async (folder: string): Promise<void> => {
  const files = await readdir(folder, { recursive: true });
  const write = async (file: string): Promise<void> => {
    const bytes = await readFile(file);
    if (bytes.length >= LEAST)
      await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  };
  await Promise.all(
    files.filter((file) => TEXT.test(file)).map((file) => write(join(folder, file))),
  );
};
