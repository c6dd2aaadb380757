/** How much of the book is done. */
export const progress = {
  title: '진도',
  chapter: (done: number, all: number) => `이 장 ${all}단계 가운데 ${done}단계 완료`,
  book: (done: number, all: number) => `교재 전체 ${done}/${all}`,
  count: (done: number, all: number) => (done === all ? `✓ ${all}` : `${done}/${all}`),
  notKept: '이 브라우저가 저장을 허용하지 않아, 진도는 이 페이지를 닫을 때까지만 남습니다.',
  full: '이 사이트에 주어진 저장 공간이 가득 차, 진도는 이 페이지를 닫을 때까지만 남습니다. 이 페이지를 연 채로 브라우저 설정에서 이 사이트의 데이터를 지우면, 다음 단계를 마칠 때 진도를 다시 저장합니다.',
  clear: '진도 지우기',
  /** Of the browser; not what the lab has. */
  question: '완료 표시를 모두 지울까요? 클러스터와 실행 기록은 그대로입니다.',
  sure: '지우기',
  keep: '그대로 두기',
} as const;
