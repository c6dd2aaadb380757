/** What the page says that stands for every missing one. */
export const notFound = {
  title: '없는 페이지입니다',
  description: '이 주소에는 페이지가 없습니다.',
  why: '주소가 바뀌었거나 잘못 적혔습니다. 처음으로 돌아가 차례에서 골라 보세요.',
  home: '처음으로 돌아가기',
} as const;
