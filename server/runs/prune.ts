/** `docker volume prune`, of this lab's volumes only: elsewhere it deletes strangers' data. */
import { complain, say } from '../lab/korean.ts';
import type { Lab, Process, Stdio } from '../lab/lab.ts';
import { task } from '../lab/process.ts';
import { later } from '../lab/spawn/later.ts';

export const prune = (lab: Lab, stdio: Stdio): Process =>
  later(async (cancelled) => {
    const containers = await lab.containers();
    cancelled.throwIfAborted();
    if (containers.some(({ state }) => state !== 'absent')) {
      return task(async () => {
        complain(
          stdio,
          '이 실습실의 컨테이너가 볼륨을 쓰고 있어 지울 것이 없습니다. 컨테이너까지 지우려면 docker-compose down -v 를 쓰세요.',
        );
        return 0;
      });
    }
    say(stdio, '이 컴퓨터의 다른 볼륨은 건드리지 않고 이 실습실의 볼륨만 지웁니다.');
    return lab.down({ volumes: true }, stdio);
  });
