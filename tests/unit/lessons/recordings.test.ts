/** The recordings beside the lessons: whole, of these very commands, small, and of nobody's machine. */
import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { editionOf } from '../../../server/lessons/edition.ts';
import { readLessons } from '../../../server/lessons/read.ts';
import { parseRecording } from '../../../server/lessons/recording.ts';
import { ServerMessage } from '../../../server/protocol.ts';
import { CONTENT } from '../../../server/settings.ts';

const steps = [...(await readLessons(CONTENT)).values()];
const files = (await readdir(CONTENT, { recursive: true })).filter((file) =>
  file.endsWith('.cast'),
);
/** `topics/list`, `failures/producer.end`. */
const nameOf = (file: string): string =>
  file
    .replace(/^\d+-/, '')
    .replace(/[\\/]recordings[\\/]/, '/')
    .replace(/\.cast$/, '');
const texts = new Map(
  await Promise.all(
    files.map(
      async (file) => [nameOf(file), await readFile(new URL(file, CONTENT), 'utf8')] as const,
    ),
  ),
);

/** Bytes as a host sends them: what a reader loads who plays the whole book. */
const MOST = 1_000_000;

describe.each(steps.map((step) => [step.id, step] as const))('%s', (id, step) => {
  const parts = step.props.background ? [id, `${id}.end`] : [id];

  it('is recorded with the commands that it has now: else, npm run record', () => {
    for (const part of parts) {
      const { header } = parseRecording(texts.get(part) ?? '{}');
      expect(header.command).toBe(step.commands.map(({ text }) => text).join('\n'));
      expect(header.edition).toBe(editionOf(step));
      expect(header.step).toBe(id);
    }
  });

  it('passes in it, with all of its output', () => {
    const { events } = parseRecording(texts.get(parts.at(-1) ?? '') ?? '');
    const last = events
      .flatMap(([, code, data]) => (code === 's' ? ServerMessage.parse(JSON.parse(data)) : []))
      .findLast((message) => message.type === 'run.status' && message.step === id);
    expect(last).toMatchObject({ status: 'passed', background: false });
    if (step.props.background || last?.type !== 'run.status') return;
    const output = events.map(([, code, data]) => (code === 'o' ? data : '')).join('');
    expect(Buffer.byteLength(output)).toBe(last.size);
  });
});

it('there are no others', () => {
  const wanted = steps.flatMap(({ id, props }) => (props.background ? [id, `${id}.end`] : [id]));
  expect(new Set(texts.keys())).toEqual(new Set(wanted));
});

it('all together are small', () => {
  const sizes = [...texts.values()].map((text) => gzipSync(text).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST);
});

/** Hosts that Kafka's own words name. */
const PUBLIC = /\b(?:kafka|zookeeper|www|issues|cwiki)\.apache\.org\b/g;

/** What could tell whose machine it was; the image's own user is nobody. */
const TELLING = [
  /\/(?:home\/(?!appuser\b)|Users\/|root\/|work\/)/,
  /host\.name=(?!(?:zookeeper|kafka[123])\b)/,
  /os\.version=(?!\*)/,
  /\b[\w-]+\.(?:com|net|dev|cloud|internal|lan)\b/,
  /\b(?:docker|quay|ghcr|gcr)\.io\b/,
];

it('names no home, no host and no registry', () => {
  for (const [name, text] of texts) {
    for (const telling of TELLING) expect(text.replace(PUBLIC, ''), name).not.toMatch(telling);
  }
});

it.each(['/home/kim/lab', '/Users/kim', 'host.name=laptop-7', 'os.version=6.1', 'docker.io/x'])(
  'would not take %s',
  (text) => {
    expect(TELLING.some((telling) => telling.test(text))).toBe(true);
  },
);
