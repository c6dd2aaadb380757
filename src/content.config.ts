import { defineCollection } from 'astro:content';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { Front } from '../server/lessons/front.ts';

/**
 * Lessons lie in `content/` with their order in the folder's number; addresses carry none, so that
 * a new chapter moves nobody's link: `02-topics/index.mdx` is `/topics/`.
 */
const generateId = ({ entry }: { entry: string }): string =>
  entry
    .replace(/\.mdx?$/, '')
    .replace(/^\d+-/, '')
    .replace(/(.)\/index$/, '$1');

/** Pagefind's own interface has no Korean. */
const korean = {
  id: 'ko',
  'pagefind.clear_search': '지우기',
  'pagefind.load_more': '결과 더 보기',
  'pagefind.search_label': '이 책에서 검색',
  'pagefind.filters_label': '거르기',
  'pagefind.zero_results': '“[SEARCH_TERM]”에 대한 결과가 없습니다',
  'pagefind.many_results': '“[SEARCH_TERM]”에 대한 결과 [COUNT]개',
  'pagefind.one_result': '“[SEARCH_TERM]”에 대한 결과 [COUNT]개',
  'pagefind.alt_search':
    '“[SEARCH_TERM]”에 대한 결과가 없어 “[DIFFERENT_TERM]”에 대한 결과를 보여 줍니다',
  'pagefind.search_suggestion': '“[SEARCH_TERM]”에 대한 결과가 없습니다. 이렇게 검색해 보세요.',
  'pagefind.searching': '“[SEARCH_TERM]” 검색 중…',
};

export const collections = {
  docs: defineCollection({
    loader: glob({ base: './content', pattern: '**/[^_]*.{md,mdx}', generateId }),
    schema: docsSchema({ extend: Front }),
  }),
  i18n: defineCollection({ loader: () => [korean], schema: i18nSchema() }),
};
