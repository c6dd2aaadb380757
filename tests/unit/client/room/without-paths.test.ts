import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutPaths } from '../../../../src/client/room/without-paths.ts';

it.each([
  ['/Users/Min Su/lab/.lab 폴더에 쓸 수 없습니다.', '… 폴더에 쓸 수 없습니다.'],
  ['다른 폴더 /Users/Min Su/lab 의 kafka1이 있습니다.', '다른 폴더 … 의 kafka1이 있습니다.'],
  ['/Users/lab/내 실습 폴더/kafka 에서', '… 에서'],
  ['C:\\Users\\Kim Minsu\\lab 폴더', '… 폴더'],
  ['C:\\\\Users\\\\Kim Minsu\\\\lab 폴더', '… 폴더'],
  ['C:\\Users\\Kim Minsu 폴더', '… 폴더'],
  ['C:\\Program Files (x86)\\minsu\\lab', '…'],
  ['D:\\minsu', '…'],
  ['\\\\server\\minsu\\lab', '…'],
  ['//server/minsu/lab', '…'],
  ['~/minsu 폴더', '… 폴더'],
  ['‘/home/minsu/lab’에 쓸 수 없습니다.', '‘…’에 쓸 수 없습니다.'],
  ['"/home/minsu/x"', '"…"'],
  ["'/Users/lab/Min Su'를", "'…'를"],
  ['경로:/home/minsu/lab', '경로:…'],
  ['file:///home/minsu/lab', '…'],
  ['--home=/home/minsu/lab', '--home=…'],
  ["/Users/O'Brien/lab", '…'],
  ['-I/home/minsu/include', '-I…'],
  ['/mnt/c/Users/Kim Minsu/lab', '…'],
  ['/srv/minsu/kafka, /tmp/minsu/x', '…, …'],
  ['Java: 17.0.9 (/home/somebody/java)', 'Java: 17.0.9'],
  ['KAFKA_HOME(/home/minsu/kafka)에서 찾지 못했습니다.', 'KAFKA_HOME에서 찾지 못했습니다.'],
])('of %s, what it says is left: %s', (text, left) => {
  expect(withoutPaths(text)).toBe(left);
});

it.each([
  'orders/0의 ISR이 2대입니다. 3대여야 합니다.',
  'orders/0, orders/1 (topics/describe-orders)',
  '이미지 lab/kafka:3.9.1을 받지 못했습니다.',
  'ghcr.io/kafbat/kafka-ui:v1.3.0',
  'kafka1의 /var/lib/kafka/data 와 /opt/kafka/bin/kafka-topics.sh',
  'kafka1-data:/var/lib/kafka/data',
  'http://localhost:9092/topics/list 와 https://nodejs.org/en/download',
  'INTERNAL://kafka1:29092,EXTERNAL://localhost:9092',
  'topics/list 단계의 토픽/파티션/리더, 12/31, ./lab/x',
  '9092 포트가 이미 사용 중입니다. (docker ps 로 확인)',
])('stays as it is: %s', (text) => {
  expect(withoutPaths(text)).toBe(text);
});

describe('whoever it is, and wherever it is said', () => {
  const letter = fc.constantFrom(...'aZkM민수é7.-_');
  const word = fc.array(letter, { minLength: 2, maxLength: 8 }).map((all) => `q${all.join('')}q`);
  const home = fc.constantFrom(
    (name: string) => `/home/${name}/lab`,
    (name: string) => `/Users/${name}/.lab/runs`,
    (name: string) => `/Volumes/${name}/lab`,
    (name: string) => `/var/home/${name}/lab`,
    (name: string) => `C:\\Users\\${name}\\lab`,
    (name: string) => `c:/Users/${name}/lab`,
    (name: string) => `C:\\\\Users\\\\${name}\\\\lab`,
    (name: string) => `\\\\nas\\${name}\\lab`,
    (name: string) => `~/${name}/lab`,
    (name: string) => `file:///home/${name}/lab`,
  );
  const around = fc.constantFrom(
    (path: string) => path,
    (path: string) => `폴더 ${path} 의 kafka1`,
    (path: string) => `‘${path}’에`,
    (path: string) => `"${path}":`,
    (path: string) => `경로:${path}`,
    (path: string) => `[${path}]`,
    (path: string) => `--home=${path} --x`,
    (path: string) => `a (b: ${path})`,
    (path: string) => `${path}, ${path}.`,
    (path: string) => `오류:\n${path}\n`,
  );

  it('is not told', () => {
    fc.assert(
      fc.property(word, fc.option(word, { nil: '' }), home, around, (first, last, at, say) => {
        const said = withoutPaths(say(at(`${first} ${last}`.trim())));
        expect(said).not.toContain(first);
        if (last !== '') expect(said).not.toContain(last);
      }),
      { numRuns: 2_000 },
    );
  });

  // How an expression searches only time tells: that of this thread, which a busy machine does not lengthen.
  it('nor does it take long', () => {
    for (const part of ['/a', ' /', '/home/', 'a ', '\\', '(', "a'", ' a/']) {
      const before = process.threadCpuUsage();
      withoutPaths(`/home/x${part.repeat(4_000)}`);
      expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(1_000);
    }
  });
});
