/** What a page says that plays recordings; loaded with the player. */

const SPEEDS = [1, 2, 4, 8] as const;

export const recording = {
  title: '녹화',
  /** @param seconds since 1970. */
  made: (seconds: number, kafka: string) =>
    `${new Date(seconds * 1_000).toLocaleDateString('ko', { dateStyle: 'long' })}에 녹화 · Kafka ${kafka}`,
  pause: '일시 정지',
  resume: '이어서 재생',
  finish: '끝으로',
  speed: '빠르기',
  speeds: SPEEDS,
  times: (speed: number) => `${speed}배`,
  /** In the terminal, before what is not waited for. */
  jumps: '녹화에서는 여기서부터 끝까지 건너뜁니다.',
  missing: '이 단계의 녹화가 없습니다. npm start로 실습실을 열면 직접 실행할 수 있습니다.',
  damaged:
    '이 단계의 녹화를 읽지 못했습니다. 페이지를 새로 고쳐도 그대로라면 npm start로 실습실을 열어 직접 실행해 주세요.',
  changed:
    '녹화한 뒤에 이 단계의 명령이 바뀌어 재생하지 않았습니다. npm start로 실습실을 열면 직접 실행할 수 있습니다.',
  noInput: '녹화에는 입력할 수 없습니다.',
} as const;
