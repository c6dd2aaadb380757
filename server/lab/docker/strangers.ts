/** Containers that are not ours but are in our way: never touched, only named. */
import { LabError } from '../../errors.ts';
import type { Census, Stranger } from './containers.ts';

/** @throws LabError that names the first stranger whose name or project ours would need. */
export const refuseStrangers = ({ strangers }: Census): void => {
  // Kafka UI's name only keeps Kafka UI from starting; compose says so.
  const stranger = strangers.find(({ name, sameProject }) => sameProject || name !== 'kafka-ui');
  if (stranger !== undefined) throw new LabError('unavailable', explain(stranger));
};

/**
 * Compose knows a project by its name alone: from here, `down` would remove what a folder of the
 * same name elsewhere has started.
 *
 * @throws LabError
 */
export const refuseSameProject = ({ strangers }: Census): void => {
  const other = strangers.find(({ sameProject }) => sameProject);
  if (other !== undefined) throw new LabError('unavailable', explain(other));
};

const explain = ({ name, image, status, folder, sameProject }: Stranger): string => {
  const what = `${name} 컨테이너(이미지 ${image}, ${status})`;
  if (folder !== undefined) {
    const why = sameProject ? '폴더 이름이 같아 Compose가 구별하지 못합니다' : '이름이 겹칩니다';
    return `다른 폴더 ${folder} 의 ${what}가 있어 ${why}. 건드리지 않았습니다. 필요 없으면 그 폴더에서 docker-compose down 을 실행한 뒤 다시 시도하세요.`;
  }
  return `이 실습실의 것이 아닌 ${what}가 이미 있어 이름이 겹칩니다. 건드리지 않았습니다. 필요 없으면 docker rm -f ${name}, 계속 쓰려면 docker rename ${name} 새이름 을 실행한 뒤 다시 시도하세요.`;
};
