import { twice } from '../read.ts';
import { problem, type Rule } from './book.ts';

/** Two things of one name: a link would lead to the first of them. */
export const ids: Rule = function* ({ pages }) {
  const steps = new Set<string>();
  for (const page of pages) {
    const seen = new Map<string, number>();
    for (const { kind, id, line } of page.anchors) {
      const step = `${page.chapter}/${id}`;
      const before = seen.get(id);
      if (kind === 'step' && steps.has(step)) yield twice(page.file, line, step);
      else if (before !== undefined)
        yield problem(page, line, `#${id}: 같은 이름이 ${before}번째 줄에도 있습니다`);
      if (kind === 'step') steps.add(step);
      seen.set(id, before ?? line);
    }
  }
};
