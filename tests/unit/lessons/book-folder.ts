import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolder } from '../lab/folder.ts';

/** A book of these files, each a path in `content/` and its text. */
export const makeBook = (files: Readonly<Record<string, string>>) => {
  const root = makeFolder();
  const at = (path: string): string => join(root, 'content', path);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  };
  for (const name of ['Step', 'Quiz']) write(`../src/components/${name}.astro`, '');
  for (const [path, text] of Object.entries(files)) write(path, text);
  return {
    folder: pathToFileURL(`${join(root, 'content')}/`),
    write,
    read: (path: string): string => readFileSync(at(path), 'utf8'),
  };
};

export const step = (fence: string, props = 'id="list" title="목록"'): string =>
  `<Step ${props}>\n\`\`\`bash\n${fence}\n\`\`\`\n</Step>\n`;

/** Before a lesson that lacks nothing else. */
export const HEAD = `---
title: 글
needs: []
---
import Quiz from '../../src/components/Quiz.astro';
import Step from '../../src/components/Step.astro';

`;
