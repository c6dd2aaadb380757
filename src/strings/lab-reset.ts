/** Starting over: the lab, not the reader's progress. */
export const labReset = {
  title: '실습실을 처음으로 되돌릴까요?',
  goes: '다음을 모두 지웁니다. 되돌릴 수 없습니다.',
  cluster: '클러스터: 브로커 세 대와 주키퍼',
  data: (topics: readonly string[]) =>
    topics.length === 0
      ? '데이터: 모든 토픽과 메시지, 컨슈머 그룹의 위치'
      : `데이터: 토픽 ${topics.join(', ')}의 메시지까지 모두, 컨슈머 그룹의 위치`,
  runs: '실행 기록: 모든 단계의 출력',
  stays:
    '완료 표시(진도)는 그대로입니다. 받아 둔 이미지와 카프카 파일, 이 컴퓨터의 다른 컨테이너와 볼륨도 건드리지 않습니다.',
  sure: '모두 지우고 처음으로',
  keep: '그대로 두기',
  close: '닫기',
  asking: '시작하는 중…',
  running: '되돌리는 중입니다. 이 창을 닫아도 계속됩니다.',
  done: '처음 상태로 되돌렸습니다. 클러스터를 띄우는 단계부터 다시 시작하면 됩니다.',
  begin: '클러스터 띄우기로 가기',
  failed: '끝까지 되돌리지 못했습니다. 아래의 이유를 고친 뒤 다시 누르면 이어서 지웁니다.',
  goThere: '그 단계로 가기',
  unconnected:
    '실습실에 연결되어 있지 않아 지우지 않았습니다. npm start가 출력한 주소(?token=… 포함)로 열었는지 확인해 주세요.',
  lost: '연결이 끊겨 끝까지 되돌렸는지 알 수 없습니다. 다시 연결되면 이어서 알려 드립니다.',
} as const;
