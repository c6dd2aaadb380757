/** Where the Docker engine listens: `DOCKER_HOST`, else the current context, else the default. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { LabError } from '../../errors.ts';

const DEFAULT_HOST = 'unix:///var/run/docker.sock';

/** As the docker CLI decides. @throws LabError for a context that there is not. */
export const engineHost = async (env: NodeJS.ProcessEnv): Promise<string> =>
  env.DOCKER_HOST || (await contextHost(env)) || DEFAULT_HOST;

const run = promisify(execFile);

const contextHost = async (env: NodeJS.ProcessEnv): Promise<string | undefined> => {
  const named = env.DOCKER_CONTEXT;
  const name = named || chosenContext(env);
  // Most machines have never chosen one: no program need be asked.
  if (name === undefined || name === 'default') return undefined;
  const args = ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}', name];
  try {
    return (await run('docker', args, { env })).stdout.trim();
  } catch (error) {
    // Without the CLI there are no contexts.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new LabError(
      'unavailable',
      `Docker 컨텍스트 "${name}"을(를) 찾을 수 없습니다. docker context ls 로 확인하고, ${named ? 'DOCKER_CONTEXT 변수를 지우거나 있는 이름으로 바꾸세요' : 'docker context use default 로 바꿔 보세요'}. Docker 없이 하려면 LAB=local 을 붙여 시작하세요.`,
      { cause: error },
    );
  }
};

/** What `docker context use` has noted. */
const chosenContext = (env: NodeJS.ProcessEnv): string | undefined => {
  try {
    const file = join(env.DOCKER_CONFIG || join(homedir(), '.docker'), 'config.json');
    const config: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof config !== 'object' || config === null || !('currentContext' in config)) return;
    return typeof config.currentContext === 'string' ? config.currentContext : undefined;
  } catch {
    // None, or not one that this user may read: the CLI then uses the default, too.
    return undefined;
  }
};

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * What dockerode wants to know about a host. The engine must be on this machine: the brokers tell
 * their clients to call `localhost`.
 *
 * @throws LabError for an engine elsewhere, and for what is no address.
 */
export const connectionOf = (host: string, env: NodeJS.ProcessEnv): Docker.DockerOptions => {
  const [, scheme, path = ''] = /^(unix|npipe):\/\/(.+)$/.exec(host) ?? [];
  if (scheme !== undefined) return { socketPath: path };
  const url = URL.parse(host);
  if (url === null) {
    throw new LabError(
      'unavailable',
      `DOCKER_HOST(${host})는 주소가 아닙니다. unix:///var/run/docker.sock 이나 tcp://127.0.0.1:2375 꼴로 고치거나, DOCKER_HOST를 지우세요.`,
    );
  }
  if (url.protocol === 'tcp:' && LOOPBACK.includes(url.hostname)) {
    const tls = Boolean(env.DOCKER_TLS_VERIFY);
    return {
      host: url.hostname,
      port: url.port || (tls ? '2376' : '2375'),
      protocol: tls ? 'https' : 'http',
      ...(tls && certificates(env)),
    };
  }
  throw new LabError(
    'unavailable',
    `Docker 엔진이 이 컴퓨터에 있지 않습니다(${host}). 실습실은 localhost의 브로커에 접속하므로 이 컴퓨터의 엔진이 필요합니다. DOCKER_HOST를 지우거나 docker context use default 를 실행하세요.`,
  );
};

const certificates = (env: NodeJS.ProcessEnv): Docker.DockerOptions => {
  const folder = env.DOCKER_CERT_PATH || env.DOCKER_CONFIG || join(homedir(), '.docker');
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  try {
    return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
  } catch (error) {
    throw new LabError(
      'unavailable',
      `Docker 엔진에 접속할 인증서를 읽을 수 없습니다(${folder}). DOCKER_CERT_PATH를 확인하세요.`,
      { cause: error },
    );
  }
};
