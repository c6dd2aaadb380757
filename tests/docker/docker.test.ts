import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { composeArgs, composeOf } from '../../server/lab/docker/compose.ts';
import { census } from '../../server/lab/docker/containers.ts';
import { pullMissing } from '../../server/lab/docker/pull.ts';
import { makeSite, PORTS } from '../../server/lab/docker/site.ts';
import { BROKERS, brokerId, CONTAINERS, type Lab, TOOLS } from '../../server/lab/lab.ts';
import { registeredBrokers } from '../../server/lab/zookeeper.ts';
import { capture, until } from '../integration/capture.ts';
import { describeLab } from '../integration/lab.contract.ts';
import { type DockerHome, docker, makeDockerHome, pause } from './docker-home.ts';
import { describeExec } from './exec.contract.ts';
import { describeFlow } from './flow.contract.ts';
import { describeLostEngine } from './lost-engine.contract.ts';
import { makeRegistry } from './registry.ts';
import { bootstrapOf, commandsIn, idle, list } from './tools.ts';

describeLab('docker', async () => {
  const home = await makeDockerHome();
  return { lab: home.lab(), bootstrap: bootstrapOf, dispose: home.dispose };
});

const ABSENT = CONTAINERS.map(() => 'absent');
const RUNNING = CONTAINERS.map(() => 'running');
const states = async (lab: Lab) => (await lab.containers()).map(({ state }) => state);
/** For `onTestFinished`: waited for. */
const undoing = async (...args: string[]): Promise<void> => void (await docker(...args));
const run = promisify(execFile);
/** Any image that is here. */
const IMAGE = process.env.KAFKA_UI_IMAGE ?? 'ghcr.io/kafbat/kafka-ui:v1.3.0';
/** Nobody can pull it: this name never resolves (RFC 2606). */
const UNREACHABLE = 'registry.invalid/lab/nowhere:1';

describe('a docker lab that cannot start', () => {
  let home: DockerHome;
  beforeAll(async () => {
    home = await makeDockerHome();
  });
  afterAll(() => home.dispose());

  it('names the image that cannot be pulled, and the way without Docker', async () => {
    const lab = home.lab({ env: { KAFKA_IMAGE: UNREACHABLE } });
    const output = capture();
    expect(await lab.up(output.stdio).exited).toBe(1);
    expect(output.stderr()).toContain(`이미지를 받지 못했습니다: ${UNREACHABLE}.`);
    expect(output.stderr()).toContain('LAB=local');
    expect(await states(lab)).toEqual(ABSENT);
  });

  it('pulls what is not here, counts the megabytes, and goes on where the line was cut', async () => {
    const registry = await makeRegistry();
    onTestFinished(() => registry.close());
    const env = { ...process.env, KAFKA_UI_IMAGE: registry.image };
    const site = makeSite({ root: home.root, home: home.root, env, owner: 'cli' });
    const output = capture();
    const { signal } = new AbortController();
    registry.cutOnce();
    expect(await pullMissing(site, ['kafka-ui'], output.stdio, signal), output.stderr()).toEqual(
      [],
    );
    onTestFinished(() => undoing('rmi', registry.image));
    expect(output.stdout()).toContain(`${registry.image} 이미지를 받습니다`);
    expect(output.stdout()).toMatch(/받는 중… 1\d MB\n.*끊겼습니다.*\n.*받는 중… 2\d MB/);
    // The engine writes down what has come in whole buffers.
    expect(registry.starts).toEqual([0, expect.any(Number)]);
    expect(registry.starts[1]).toBeGreaterThan(registry.size / 3);
    expect(await docker('images', '-q', registry.image)).not.toBe('');
  });

  it('leaves no image behind when the pull is interrupted', async () => {
    const registry = await makeRegistry();
    onTestFinished(() => registry.close());
    const env = { ...process.env, KAFKA_UI_IMAGE: registry.image };
    const site = makeSite({ root: home.root, home: home.root, env, owner: 'cli' });
    const output = capture();
    const controller = new AbortController();
    registry.cutOnce();
    const pulling = pullMissing(site, ['kafka-ui'], output.stdio, controller.signal);
    await until('the cut', () => output.stdout().includes('연결이 끊겼습니다'));
    controller.abort();
    await expect(pulling).rejects.toMatchObject({ name: 'AbortError' });
    expect(await docker('images', '-q', registry.image)).toBe('');
  });

  it('never touches strangers, whatever they are called', async () => {
    const project = (await census(home.site)).project;
    await docker('run', '-d', '--name', 'kafka1', '--entrypoint', 'sleep', IMAGE, 'infinity');
    onTestFinished(() => undoing('rm', '-f', 'kafka1'));
    await docker('volume', 'create', `${project}x_kafka1-data`);
    onTestFinished(() => undoing('volume', 'rm', `${project}x_kafka1-data`));
    await docker('network', 'create', `${project}x_default`);
    onTestFinished(() => undoing('network', 'rm', `${project}x_default`));
    const lab = home.lab();

    const output = capture();
    await expect(lab.up(output.stdio).exited).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/kafka1 컨테이너.*건드리지 않았습니다.*docker rename kafka1/),
    });
    expect(output.stdout()).toBe('');
    expect(await states(lab)).toEqual(ABSENT);
    for (const verb of ['stop', 'kill', 'restart', 'pause'] as const) {
      await expect(lab.control(verb, ['kafka1'], output.stdio).exited).rejects.toMatchObject({
        code: 'cluster-down',
      });
    }
    const options = { tool: 'kafka-topics', args: [], interactive: false, tty: false } as const;
    await expect(lab.exec('kafka1', options, output.stdio).exited).rejects.toMatchObject({
      code: 'cluster-down',
    });
    expect(await lab.down({ volumes: true }, output.stdio).exited).toBe(0);

    expect(await docker('inspect', '-f', '{{.State.Running}}', 'kafka1')).toBe('true');
    expect(await docker('volume', 'ls', '-q')).toContain(`${project}x_kafka1-data`);
    expect(await docker('network', 'ls')).toContain(`${project}x_default`);
  });

  it('names the container that has its port, and starts nothing', async () => {
    const name = 'lab-test-neighbour';
    const port = '127.0.0.1:9093:80';
    await docker('run', '-d', '--name', name, '-p', port, '--entrypoint', 'sleep', IMAGE, '1000');
    onTestFinished(() => undoing('rm', '-f', name));
    const output = capture();
    await expect(home.lab().up(output.stdio).exited).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(`9093번은 컨테이너 ${name}.`),
    });
    expect(output.stdout()).toBe('');
  });

  it('refuses to take down what a folder of the same name elsewhere has started', async () => {
    const { project } = await census(home.site);
    const label = 'com.docker.compose.project';
    const labels = ['-l', `${label}=${project}`, '-l', `${label}.working_dir=/elsewhere`];
    await docker('create', '--name', 'lab-test-namesake', ...labels, IMAGE);
    onTestFinished(() => undoing('rm', '-f', 'lab-test-namesake'));
    const down = home.lab().down({ volumes: true }, capture().stdio).exited;
    await expect(down).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('/elsewhere'),
    });
    expect(await docker('ps', '-aq', '-f', 'name=lab-test-namesake')).not.toBe('');
  });
});

describe('a docker lab', () => {
  let home: DockerHome;
  let lab: Lab;
  beforeAll(async () => {
    home = await makeDockerHome();
    lab = home.lab();
    const output = capture();
    // Compose gives up a whole `up` for one image that cannot be had.
    const poor = home.lab({ env: { KAFKA_UI_IMAGE: UNREACHABLE } });
    expect(await poor.up(output.stdio).exited, output.stderr()).toBe(0);
    expect(output.stderr()).toContain(`${UNREACHABLE} 이미지를 받지 못했습니다`);
  });
  afterAll(() => home.dispose());

  const idOf = async (name: (typeof CONTAINERS)[number]): Promise<string> =>
    (await census(home.site)).ours.get(name)?.id ?? '';

  it('starts without Kafka UI where that cannot be pulled, and with it later', async () => {
    expect(await states(lab)).toEqual(RUNNING);
    expect((await census(home.site)).ours.has('kafka-ui')).toBe(false);
    expect(await lab.up(capture().stdio).exited).toBe(0);
    expect((await census(home.site)).ours.get('kafka-ui')).toMatchObject({ state: 'running' });
  });

  it.each(TOOLS)('has %s', async (tool) => {
    const output = capture();
    const options = { tool, args: ['--help'], interactive: false, tty: false };
    await lab.exec('kafka1', options, output.stdio).exited;
    const text = output.stdout() + output.stderr();
    expect(text).toMatch(/usage:|Option {2}/);
    expect(text).not.toContain('executable file not found');
  });

  it('is the project of the learner’s own terminal, in the root and in examples/', async () => {
    const { args, command } = await composeOf(home.site);
    const ids = await Promise.all(CONTAINERS.map(idOf));
    for (const cwd of [home.root, join(home.root, 'examples')]) {
      const { stdout } = await run(command, [...args, 'ps', '-q'], { cwd });
      expect(stdout.trim().split('\n')).toEqual(expect.arrayContaining(ids));
      await run(command, [...args, 'up', '-d'], { cwd });
      // Nothing was made anew: to compose it is the same project, as we started it.
      expect(await Promise.all(CONTAINERS.map(idOf))).toEqual(ids);
    }
    expect(composeArgs(home.site, { args, command }).join(' ')).toContain(home.root);
  });

  it('has a class-data archive in each broker by now, and whole ones only', async () => {
    for (const broker of BROKERS) {
      await until(`an archive in ${broker}`, async () =>
        /^\/tmp\/lab-tools\.jsa$/.test(
          await docker('exec', broker, 'bash', '-c', 'echo /tmp/lab-tools*'),
        ),
      );
    }
    const output = capture();
    expect(await lab.exec('kafka2', list('kafka2'), output.stdio).exited).toBe(0);
    expect([output.stdout(), output.stderr()]).toEqual(['\n', '']);
  });

  describeExec(() => home);
  describeFlow(() => home);
  describeLostEngine(() => home);

  it('sees what is done in another terminal', async () => {
    const follower = lab.logs('kafka2', { tail: 0, follow: true }, capture().stdio);
    await docker('stop', 'kafka2');
    expect((await lab.containers())[2]).toMatchObject({
      state: 'exited',
      status: expect.stringMatching(/^Exited \(143\)/),
    });
    expect(await follower.exited).toBe(0);
    await docker('start', 'kafka2');
    expect((await states(lab))[2]).toBe('running');
    await pause('kafka2');
    expect((await states(lab))[2]).toBe('paused');
    await docker('unpause', 'kafka2');
  });

  it('says at once that something was done in another terminal, and nothing when nobody asks', async () => {
    let calls = 0;
    const stop = lab.follow(() => {
      calls += 1;
    });
    onTestFinished(stop);
    await until('the first word', () => calls === 1);
    await docker('kill', 'kafka2');
    await until('its end', () => calls === 2, 5_000);
    expect((await states(lab))[2]).toBe('exited');
    await docker('start', 'kafka2');
    await until('its start', () => calls === 3, 5_000);
    stop();
    await pause('kafka2');
    await docker('unpause', 'kafka2');
    expect(calls).toBe(3);
  });

  it('lives on when somebody closes who did not make it', async () => {
    await home.lab().close();
    await home.lab({ owner: 'sidecar' }).close();
    expect(await states(lab)).toEqual(RUNNING);
  });

  it('starts a broker again that met its own old session', async () => {
    // Started a moment ago: one that is not registered yet would leave nothing to meet.
    await until('kafka2 to be registered', async () =>
      (await registeredBrokers(PORTS.zookeeper))?.has(brokerId('kafka2')),
    );
    // ZooKeeper keeps the session on disk: after `down`, nobody can ask for it any more.
    await docker('kill', 'kafka2');
    expect(await lab.down({ volumes: false }, capture().stdio).exited).toBe(0);
    const output = capture();
    expect(await lab.up(output.stdio).exited, output.stderr()).toBe(0);
    expect(output.stdout()).toMatch(/ • kafka2: .*세션이 만료될 때까지/);
    expect(await states(lab)).toEqual(RUNNING);
  });

  it('explains volumes of two different clusters, and stops what it had started', async () => {
    const { project } = await census(home.site);
    expect(await lab.down({ volumes: false }, capture().stdio).exited).toBe(0);
    await docker('volume', 'rm', `${project}_zookeeper-data`, `${project}_zookeeper-log`);
    const output = capture();
    expect(await lab.up(output.stdio).exited).toBe(1);
    expect(output.stderr()).toMatch(/kafka\d[이가] 시작하다가 끝났습니다/);
    expect(output.stderr()).toContain('docker-compose down -v 로 이 실습실의 데이터를 지우고');
    expect(await states(lab)).toEqual(ABSENT);
    expect(await lab.down({ volumes: true }, capture().stdio).exited).toBe(0);
  });

  it('ends with the next sidecar, when the one that was making it was killed', async () => {
    expect(await lab.down({ volumes: false }, capture().stdio).exited).toBe(0);
    const args = [join(import.meta.dirname, 'starter.ts'), home.root, home.home];
    const killed = spawn(process.execPath, args, { stdio: 'ignore' });
    await until('its first container', async () => (await states(lab))[0] !== 'absent', 60_000);
    killed.kill('SIGKILL');
    const sidecar = home.lab({ owner: 'sidecar' });
    const output = capture();
    expect(await sidecar.up(output.stdio).exited, output.stderr()).toBe(0);
    await sidecar.close();
    expect(await states(lab)).toEqual(ABSENT);
  });

  it('ends with the sidecar that started all of it, tools and all', async () => {
    expect(await lab.up(capture().stdio).exited).toBe(0);
    expect(await lab.control('stop', [...CONTAINERS], capture().stdio).exited).toBe(0);
    const sidecar = home.lab({ owner: 'sidecar' });
    expect(await sidecar.up(capture().stdio).exited).toBe(0);
    const options = idle('kafka1');
    const tool = sidecar.exec('kafka1', options, capture().stdio);
    await until('it to run', async () => (await commandsIn('kafka1')).includes('ConsoleConsumer'));
    await sidecar.close();
    expect(await tool.exited).toBe(137);
    expect(await states(sidecar)).toEqual(ABSENT);
  });
});
