/** The Docker engine, and what is said when it cannot be reached. */
import type Docker from 'dockerode';
import { within } from '../../deadline.ts';
import { LabError } from '../../errors.ts';
import { connectionOf, engineHost } from './host.ts';

export interface Engine {
  readonly docker: Docker;
  /** `unix:///var/run/docker.sock` */
  readonly host: string;
}

/** Which engine there would be; it is not asked anything yet. @throws LabError */
export const openEngine = async (env: NodeJS.ProcessEnv): Promise<Engine> => {
  const host = await engineHost(env);
  const connection = connectionOf(host, env);
  // At the first use: it takes 0.2 s to load, and the local lab has no need of it.
  const { default: Dockerode } = await import('dockerode');
  return { docker: new Dockerode(connection), host };
};

/** Milliseconds: whoever starts the lab waits for this. */
const PRESENT = 5_000;

/**
 * The engine of this machine, which has answered.
 *
 * @throws LabError `unavailable` that says what to do.
 */
export const findEngine = async (
  env: NodeJS.ProcessEnv = process.env,
): Promise<Engine & { readonly version: string }> => {
  const engine = await openEngine(env);
  const { Version } = await ask(engine, ({ docker }) => docker.version(), PRESENT);
  return { ...engine, version: Version };
};

/** Milliseconds: on a busy laptop it takes one or two seconds to list its containers. */
const ANSWER = 10_000;

/**
 * One request: an engine that cannot be reached, or does not answer in time, is a LabError; its own
 * refusals stay as they are.
 *
 * @param limit milliseconds
 */
export const ask = async <T>(
  engine: Engine,
  request: (engine: Engine) => Promise<T>,
  limit = ANSWER,
): Promise<T> => {
  try {
    return await within(
      limit,
      request(engine),
      () => new LabError('unavailable', silent(engine.host)),
    );
  } catch (error) {
    const code = connectionError(error);
    if (code === undefined) throw error;
    throw new LabError('unavailable', unreachable(code, engine.host), { cause: error });
  }
};

/** Node's name for why there is no connection; `undefined` where the engine has answered. */
export const connectionError = (error: unknown): string | undefined =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^(E[A-Z]+|UND_ERR_\w+)$/.test(error.code)
    ? error.code
    : undefined;

/** The HTTP status of a refusal. */
export const refusalOf = (error: unknown): number | undefined =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;

const OTHERWISE = 'Docker 없이 하려면 LAB=local 을 붙여 시작하세요.';

export const ENGINE_GONE =
  'Docker 엔진과의 연결이 끊어져 이 실행을 더 따라갈 수 없습니다. Docker가 다시 켜지면 docker-compose ps 로 컨테이너를 확인하고 다시 실행하세요.';

export const NOT_KILLED =
  'Docker 엔진이 답하지 않아 이 실행이 끝났는지 확인하지 못했습니다. Docker가 다시 움직이면 npm start를 다시 시작할 때 남은 것을 정리합니다.';

/** It takes connections and does not answer: paused, or too busy. */
export const silent = (host: string): string =>
  `Docker 엔진(${host})이 멈춘 듯 답하지 않습니다. Docker Desktop이 일시 정지되어 있으면 다시 움직이게 하고, docker ps 가 답하는지 확인하세요. ${OTHERWISE}`;

export const unreachable = (code: string, host: string): string => {
  if (code === 'EACCES' || code === 'EPERM') {
    return `Docker 엔진(${host})에 접속할 권한이 없습니다. sudo usermod -aG docker $USER 를 실행하고 다시 로그인하세요. ${OTHERWISE}`;
  }
  return `Docker 엔진(${host})이 응답하지 않습니다. Docker Desktop을 켜거나, 리눅스라면 sudo systemctl start docker 를 실행하세요. 다른 엔진을 쓰고 있다면 docker context ls 로 확인하세요. ${OTHERWISE}`;
};
