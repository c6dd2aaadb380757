/** What `npm run workshop` is asked for. */
import { join, resolve } from 'node:path';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { LabError } from '../errors.ts';
import { HOME } from '../settings.ts';

export const USAGE = `사용법: npm run workshop -- [옵션]

  --lan              같은 네트워크의 다른 컴퓨터도 들어올 수 있게 합니다 (없으면 이 컴퓨터만)
  --name 이름        수업 이름. 전에 쓴 이름이면 그 수업을 잇고, 처음 쓰는 이름이면 새 수업입니다
  --port N           참가자 포트 (기본 4330, 강사는 그다음 번호)
  --host 이름        참가자가 쓸 이 컴퓨터의 다른 이름이나 주소 (여러 번 쓸 수 있습니다)
  --tls-cert 파일 --tls-key 파일   https로 엽니다 (PEM)
  --hours N          참가 코드가 지금부터 유효한 시간 (기본 12)
  --new              이전 수업을 잇지 않고 새로 엽니다
  --home 폴더        기록을 둘 폴더 (기본 .lab/workshop)

npm run workshop -- export 폴더 [--name 이름]   마지막 수업, 또는 그 이름의 수업 결과를 CSV와 요약 페이지로 저장합니다
npm run workshop -- export 폴더 기록.sqlite     다른 곳에 옮겨 둔 기록에서 저장합니다
npm run workshop -- delete [--name 이름]        수업과 참가자의 모든 기록을, 이름을 적으면 그 수업의 것만 지웁니다`;

export type Task =
  | { readonly task: 'help' }
  | {
      readonly task: 'delete';
      readonly home: string;
      /** Of the only class that goes; without one, all do. */
      readonly name: string | undefined;
    }
  | {
      readonly task: 'export';
      readonly home: string;
      readonly folder: string;
      /** Of a class that was led here; without one, the last. */
      readonly name: string | undefined;
      /** A log that lies elsewhere. */
      readonly file: string | undefined;
    }
  | {
      readonly task: 'serve';
      readonly home: string;
      readonly lan: boolean;
      readonly port: number;
      /** Without one, it is called as before. */
      readonly name: string | undefined;
      readonly hosts: readonly string[];
      readonly tls: { readonly cert: string; readonly key: string } | undefined;
      /** Of the code, milliseconds from now. Without one, a code that is good already stays as it is. */
      readonly lifetime: number | undefined;
      readonly anew: boolean;
    };

/** @throws LabError `usage`. */
export const readTask = (words: readonly string[]): Task => {
  const { values, positionals, tokens } = parse(words);
  const home = resolve(values.home ?? join(HOME, 'workshop'));
  const [task, folder, file, ...extra] = positionals;
  if (values.help || task === 'help') return { task: 'help' };
  const name = values.name?.trim().slice(0, 60) || undefined;
  // Of an empty variable, perhaps: another class, or all, would be more than was meant.
  if (values.name !== undefined && name === undefined)
    throw wrong('--name 뒤에 적을 값이 빠졌습니다.');
  if (task === 'delete' || task === 'export') {
    const strange = tokens.find((each) => each.kind === 'option' && !OF_RECORDS.has(each.name));
    if (strange?.kind === 'option')
      throw wrong(`${task}에는 쓸 수 없는 옵션입니다: ${strange.rawName}`);
  }
  if (task === 'delete' && folder === undefined) return { task, home, name };
  if (task === 'export' && folder !== undefined && extra.length === 0) {
    if (file !== undefined && name !== undefined)
      throw wrong('기록 파일과 --name 가운데 하나만 적어 주세요.');
    return { task, home, name, folder: resolve(folder), file: file && resolve(file) };
  }
  if (task === 'export' && folder === undefined) {
    throw wrong('export 뒤에 결과를 저장할 폴더를 적어 주세요.');
  }
  if (task !== undefined) throw wrong('알 수 없는 명령입니다.');
  const { 'tls-cert': cert, 'tls-key': key } = values;
  if ((cert === undefined) !== (key === undefined)) {
    throw wrong('--tls-cert와 --tls-key는 함께 적어 주세요.');
  }
  return {
    task: 'serve',
    home,
    lan: values.lan,
    port: readNumber('--port', values.port, 1, 65_534),
    name,
    hosts: values.host.map(readHost),
    tls: cert === undefined || key === undefined ? undefined : { cert, key },
    lifetime: values.hours === undefined ? undefined : readHours(values.hours),
    anew: values.new,
  };
};

/** What goes on with the room that these words have opened, for a shell to read. */
export const againWith = (words: readonly string[]): string => {
  const kept = words.filter((word) => word !== '--new').map(quote);
  return ['npm run workshop', ...(kept.length === 0 ? [] : ['--', ...kept])].join(' ');
};

const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

const OPTIONS = {
  lan: { type: 'boolean', default: false },
  name: { type: 'string' },
  port: { type: 'string', default: '4330' },
  host: { type: 'string', multiple: true, default: [] },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  hours: { type: 'string' },
  new: { type: 'boolean', default: false },
  home: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} satisfies ParseArgsOptionsConfig;

/** Of what was recorded. */
const OF_RECORDS: ReadonlySet<string> = new Set(['name', 'home']);

const parse = (words: readonly string[]) => {
  try {
    return parseArgs({ args: [...words], allowPositionals: true, options: OPTIONS, tokens: true });
  } catch {
    const bare = words.find(
      (word, at) => takesValue(word) && (words[at + 1] ?? '-').startsWith('-'),
    );
    throw wrong(
      bare === undefined
        ? `옵션을 이해할 수 없습니다: ${words.join(' ')}`
        : `${bare} 뒤에 적을 값이 빠졌습니다.`,
    );
  }
};

const takesValue = (word: string): boolean =>
  Object.entries(OPTIONS).some(([name, { type }]) => type === 'string' && word === `--${name}`);

const readNumber = (name: string, text: string, min: number, max: number): number => {
  const number = Number(text);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw wrong(`${name}에는 ${min}에서 ${max} 사이의 숫자를 적어 주세요: ${text}`);
};

/** As it stands in a URL; of an address that was copied whole, its name. */
const readHost = (text: string): string => {
  // IPv6 has two colons at least, and brackets in a URL.
  const bare = /^[\da-f]*:[\da-f]*:/i.test(text) ? `[${text}]` : text.replace(/^https?:\/\//, '');
  const name = URL.parse(`http://${bare}`)?.hostname;
  if (name) return name;
  throw wrong(`--host에는 이 컴퓨터의 이름이나 주소를 적어 주세요: ${text}`);
};

const readHours = (text: string): number => readNumber('--hours', text, 1, 24 * 14) * 3600 * 1000;

const wrong = (problem: string): LabError => new LabError('usage', `${problem}\n\n${USAGE}`);
