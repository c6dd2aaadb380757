/** The whole book on one page. */
export const book = {
  title: '전체 교재',
  description:
    '모든 장을 한 페이지에 모으고, 이 실습실에서 실행한 출력을 붙였습니다. 인쇄하거나 파일로 보관합니다.',
  intro:
    '모든 장과, 이 실습실에서 가장 최근에 실행한 출력과 그 결과입니다. 확인한 것과 내가 한 예상도 함께 남습니다. 인쇄하거나 PDF로 저장할 수 있고, 파일 하나로 내보내 인터넷 없이 다시 볼 수도 있습니다.',
  tools: '인쇄와 내보내기',
  print: '인쇄',
  save: '내보내기 (HTML)',
  connecting: '실습실에 연결하는 중…',
  denied: '실습실에 연결되어 있지 않아 출력 없이 본문과 명령만 있습니다.',
  recorded: '실습실이 없는 곳이라 출력 없이 본문과 명령만 있습니다.',
  lost: '연결이 끊겼습니다. 다시 연결되면 나머지 출력을 이어서 붙입니다.',
  reading: (read: number, all: number) => `출력을 붙이는 중 ${read}/${all}`,
  ready: (all: number) =>
    all === 0 ? '아직 실행한 단계가 없어 출력이 없습니다.' : `단계 ${all}개의 출력을 붙였습니다.`,
  running: '아직 실행 중입니다. 끝나면 출력을 여기에 붙입니다.',
  leftOut: (lines: number) => `⋯ 앞의 ${lines.toLocaleString('ko')}줄은 생략했습니다 ⋯`,
  saved: '파일로 내보냈습니다.',
  notSaved: '내보내지 못했습니다. npm start가 실행 중인지 확인하고 다시 눌러 주세요.',
  /** Of a run: how it ended, and when it began. */
  ended: (status: string, took: string, at: Date) =>
    `${status} · ${took} · ${at.toLocaleString('ko')}`,
} as const;
