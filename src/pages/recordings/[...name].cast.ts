/** The recordings beside the lessons, without the numbers of their folders: `recordings/topics/list.cast`. */
import { readdir, readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { APIRoute, GetStaticPaths } from 'astro';

const content = new URL('content/', pathToFileURL(`${process.cwd()}/`));

export const getStaticPaths: GetStaticPaths = async () => {
  const files = (await readdir(content, { recursive: true })).map((file) =>
    file.replaceAll('\\', '/'),
  );
  return files.flatMap((file) => {
    const [, chapter, step] = /^\d+-([^/]+)\/recordings\/(.+)\.cast$/.exec(file) ?? [];
    return step === undefined ? [] : [{ params: { name: `${chapter}/${step}` }, props: { file } }];
  });
};

export const GET: APIRoute<{ file: string }> = async ({ props }) =>
  new Response(await readFile(new URL(props.file, content)), {
    headers: { 'Content-Type': 'application/x-asciicast' },
  });
