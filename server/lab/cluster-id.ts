/** A broker and a ZooKeeper that hold the data of two different clusters. */

/** Kafka 3.7 and newer, and older ones. */
export const isOtherCluster = (log: string): boolean =>
  /Invalid cluster\.id in|InconsistentClusterIdException/.test(log);

export const OTHER_CLUSTER =
  '브로커의 데이터와 ZooKeeper의 데이터가 서로 다른 클러스터의 것입니다(Invalid cluster.id, 이전 버전에서는 InconsistentClusterIdException). 이전 클러스터의 데이터가 남은 것이니 docker-compose down -v 로 이 실습실의 데이터를 지우고 다시 시작하세요. 토픽과 메시지도 함께 지워집니다.';
