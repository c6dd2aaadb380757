/** What the keyboard does. */
export const keys = {
  title: '단축키',
  list: [
    ['Ctrl+Enter (⌘+Enter)', '초점이 있는 단계를 실행합니다.'],
    ['Shift+Enter', '실행하고 다음 단계로 갑니다.'],
    ['Esc', '터미널에서 나갑니다.'],
    ['← →', '앞 장과 다음 장으로 갑니다. 입력하는 곳에서는 쓰지 않습니다.'],
    ['Ctrl+K (⌘+K)', '교재에서 찾습니다.'],
    ['?', '이 목록을 봅니다.'],
  ],
  close: '닫기',
} as const;
