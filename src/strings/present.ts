/** What a presenter's lesson page says; and a participant's, of what it shows of that. */
export const present = {
  title: '강사',
  on: '강사로 진행 중',
  lost: '수업 서버와 연결이 끊겼습니다. 다시 연결하는 중',
  connecting: '수업 서버에 연결하는 중',
  closed: '수업을 닫았습니다',
  /** Why, and what to do, is said beside it. */
  over: '지금은 다른 수업이 열려 있습니다',
  online: (people: number) => `${people}명 연결`,
  hands: (hands: number) => `손 ${hands}명`,
  dashboard: '수업 현황',
  large: '큰 글씨',
  stop: '그만두기',
  /** Of a step, and of a chapter. */
  everyone: '모두 여기로',
  here: '지금 여기',
  /** What a button does, and where: for those who do not see where it stands. */
  to: (text: string, title: string) => `${text}: ${title}`,
  /** @param title empty before the class was led anywhere. */
  elsewhere: (title: string) =>
    `참가자들의 페이지는 ${title === '' ? '다른 곳' : `‘${title}’`}에 있습니다. 함께 보려면 이 단계의 ‘모두 여기로’를 누르세요.`,
  notSent: '수업 서버와 연결이 끊겨 있어 보내지 못했습니다. 다시 연결된 뒤에 눌러 주세요.',
  /** The class was closed, or another is led. */
  shut: '이 수업이 닫혀 있어 보내지 않았습니다. 수업을 다시 연 다음에 눌러 주세요.',
  ask: '모두에게 묻기',
  /** The dashboard's words for it, too. */
  close: '끝내고 결과 공개',
  asking: (answers: number) => `모두에게 묻는 중 · ${answers}명 답함`,
  asked: (results: string) => `답: ${results}`,
  result: (label: string, people: number) => `${label} ${people}명`,
} as const;

export const mirror = {
  title: '강사 화면',
  about: '강사의 실습실에서 실행한 것입니다. 실행을 누르면 따라가기를 멈추고 녹화를 재생합니다.',
  open: '강사 화면 열기',
} as const;
