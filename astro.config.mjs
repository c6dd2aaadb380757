import { fileURLToPath } from 'node:url';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { DEV_PORT } from './server/dev-site.ts';
import { readPort } from './server/settings.ts';
import { checkedLessons } from './src/build/checked-lessons.ts';
import { compressedTwins } from './src/build/compressed-twins.ts';
import { relativeLinks } from './src/build/relative-links.ts';
import { labFonts } from './src/fonts/integration.ts';

/** Where `node server/index.ts` listens while this dev server is in front of it. */
const sidecar = `http://127.0.0.1:${readPort(process.env.PORT)}`;

const root = new URL('./', import.meta.url);
/** @param {string} relative */
const path = (relative) => fileURLToPath(new URL(relative, root));

/** Before its proxy is asked, Astro's dev server refuses what ends otherwise: the sidecar's `/api/health`. */
const trailingSlash = process.argv.includes('dev') ? 'ignore' : 'always';

export default defineConfig({
  trailingSlash,
  devToolbar: { enabled: false },
  server: { host: '127.0.0.1', port: DEV_PORT },
  vite: {
    resolve: {
      // See src/search/pagefind.ts.
      alias: [
        { find: /^@pagefind\/default-ui$/, replacement: path('src/search/pagefind.ts') },
        { find: '@pagefind/default-ui/css/ui.css', replacement: path('src/search/later.css') },
      ],
    },
    build: {
      // Scripts stay files: the page is lighter, and its CSP lists fewer hashes. Small styles do not:
      // on a phone each file that a page waits for costs more than its bytes.
      assetsInlineLimit: (file, content) => file.endsWith('.css') && content.length < 16_000,
      // Astro marks its own modules with a directive that the bundler does not know.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
    server: {
      proxy: {
        '/api': { target: sidecar, ws: true },
        // The printed address: the sidecar answers it with a cookie and a redirect.
        '^/\\?token=': { target: sidecar },
      },
    },
  },
  integrations: [
    checkedLessons(new URL('content/', root)),
    labFonts(),
    relativeLinks(),
    starlight({
      title: '카프카 다중 브로커 실습실',
      description:
        '브로커 세 대로 이루어진 진짜 카프카 클러스터를, 읽던 페이지에서 바로 다뤄 봅니다.',
      locales: { root: { label: '한국어', lang: 'ko' } },
      defaultLocale: 'root',
      // See src/pages/404.astro.
      disable404Route: true,
      favicon: '/favicon.svg',
      customCss: [
        './src/styles/fonts.css',
        './src/styles/tokens.css',
        './src/styles/theme.css',
        './src/styles/button.css',
        './src/styles/diagram.css',
      ],
      components: {
        Head: './src/components/Head.astro',
        PageTitle: './src/components/PageTitle.astro',
        PageSidebar: './src/components/PageSidebar.astro',
      },
      sidebar: [
        'index',
        'environment',
        'topics',
        'failures',
        'availability',
        'partitioning',
        'rebalancing',
        'troubleshooting',
        'conclusion',
      ],
      tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
      // Links beside headings cost every visit 1.7 kB; the table of contents has the same links.
      markdown: { processedDirs: ['./content'], headingLinks: false },
      expressiveCode: {
        themes: ['github-dark-default', 'github-light-default'],
        // Commands are read whole on a phone too; a wrapped line is still one line to copy.
        defaultProps: { wrap: true, hangingIndent: 2 },
        // The step is the frame around its command, and has a copy button that leaves comments out.
        frames: false,
        textMarkers: false,
        styleOverrides: {
          borderRadius: 'var(--lab-radius)',
          borderColor: 'var(--lab-border)',
          codeBackground: 'var(--lab-surface)',
          codeFontFamily: 'var(--lab-font-code)',
          codeFontSize: '0.875rem',
          codeLineHeight: '1.7',
          codePaddingInline: '1rem',
          codePaddingBlock: '0.75rem',
        },
      },
    }),
    compressedTwins(),
  ],
});
