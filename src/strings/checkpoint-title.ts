/** What a page says of a checkpoint as it is built. */
export const checkpoint = {
  chapter: '여기서 시작',
  step: '이 단계부터 시작',
  about:
    '앞의 내용을 건너뛰고 왔다면, 필요한 브로커와 토픽을 한 번에 준비할 수 있습니다. 무엇을 하는지 먼저 보여 주고, 실행을 누르면 그때 맞춥니다. 앞 장의 실습을 대신 실행하지는 않습니다.',
} as const;
