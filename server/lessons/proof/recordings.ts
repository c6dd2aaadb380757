import { readdirSync, readFileSync } from 'node:fs';
import { editionOf } from '../edition.ts';
import { pathOf, readSteps } from '../read.ts';
import { RecordingHeader } from '../recording.ts';
import { type Page, problem, type Rule } from './book.ts';

/** Each step has a recording of what it does now; in a book that has any. */
export const recordings: Rule = function* ({ folder, pages }) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  if (!files.some((file) => file.endsWith('.cast'))) return;
  for (const page of pages) {
    for (const step of readSteps(page, () => {})) {
      const id = step.id.slice(page.chapter.length + 1);
      const line = page.anchors.find((each) => each.kind === 'step' && each.id === id)?.line ?? 0;
      for (const name of step.props.background ? [id, `${id}.end`] : [id]) {
        const edition = editionIn(folder, page, name);
        if (edition === undefined)
          yield problem(page, line, `‘${name}’의 녹화가 없습니다. npm run record로 녹화합니다`);
        else if (edition !== editionOf(step))
          yield problem(
            page,
            line,
            `‘${name}’의 녹화는 지금과 다른 명령의 것입니다. npm run record로 다시 녹화합니다`,
          );
      }
    }
  }
};

/** Of the step, when it was recorded; `undefined` where there is no recording that could be read. */
const editionIn = (folder: URL, { file }: Page, name: string): string | undefined => {
  const path = pathOf(file).replace(/[^/]*$/, '');
  try {
    const text = readFileSync(new URL(`${path}recordings/${name}.cast`, folder), 'utf8');
    return RecordingHeader.parse(JSON.parse(text.slice(0, text.indexOf('\n')))).edition;
  } catch {
    return undefined;
  }
};
