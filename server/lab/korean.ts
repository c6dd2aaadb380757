/** What is said to the reader: lines, durations, and the particle that Korean wants. */
import type { Container, Stdio } from './lab.ts';

export const say = (stdio: Stdio, line: string): void => stdio.stdout(Buffer.from(`${line}\n`));

export const complain = (stdio: Stdio, line: string): void =>
  stdio.stderr(Buffer.from(`${line}\n`));

/** Read aloud, 영, 일, 삼, 육, 칠 and 팔 end in a consonant; the other digits and 주키퍼 do not. */
const endsInConsonant = (name: string): boolean => /[013678]$/.test(name);

/** kafka1이, kafka2가. */
export const subject = (name: Container): string => `${name}${endsInConsonant(name) ? '이' : '가'}`;

/** kafka1을, kafka1, kafka2를: also of containers that there are not. */
export const object = (...names: readonly string[]): string =>
  `${names.join(', ')}${endsInConsonant(names.at(-1) ?? '') ? '을' : '를'}`;

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)}초`;

/** After an orderly stop. @param running whom somebody else has made: they are theirs to stop. */
export const stopped = (running: readonly Container[]): string =>
  running.length === 0
    ? '마쳤습니다. 데이터는 남아 있습니다.'
    : `마쳤습니다. 터미널에서 시작한 ${object(...running)} 그대로 두었습니다. 멈추려면: npm run -s lab -- docker-compose down`;

export const HOW_TO_START = '먼저 docker-compose up -d 로 클러스터를 시작하세요.';

export const OTHER_WINDOW = '다른 창에서 클러스터를 다루고 있습니다. 끝나기를 기다립니다…';

export const UNDONE = '이번에 시작한 것은 모두 다시 멈췄습니다.';

/** After an interrupted `down`. Data go last, once no container is left. */
export const leftByDown = (left: readonly string[], volumes: boolean): string => {
  const containers =
    left.length > 0 ? `아직 남은 컨테이너: ${left.join(', ')}.` : '컨테이너는 모두 제거되었습니다.';
  const data = left.length > 0 ? '데이터는 그대로입니다.' : '데이터는 남아 있을 수 있습니다.';
  return `중간에 멈췄습니다. ${containers}${volumes ? ` ${data}` : ''} 같은 명령을 다시 실행하면 이어서 지웁니다.`;
};

export const WAITING_FOR_SESSION =
  '강제로 끝난 브로커의 ZooKeeper 세션이 만료될 때까지 기다립니다(18초쯤)…';

/** Why nothing can be done with a container in this state, and what to do about it. */
export const isAbsent = (name: Container): string =>
  `${subject(name)} 아직 없습니다. ${HOW_TO_START}`;

export const isExited = (name: Container): string =>
  `${subject(name)} 실행 중이 아닙니다. docker start ${name} 명령으로 다시 시작하세요.`;

export const isPaused = (name: Container): string =>
  `${subject(name)} 일시 정지되어 있습니다. docker unpause ${name} 명령으로 다시 움직이게 하세요.`;
