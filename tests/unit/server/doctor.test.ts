import { expect, it, onTestFinished, vi } from 'vitest';
import { diagnose } from '../../../server/doctor.ts';
import { LabError } from '../../../server/errors.ts';
import { CONTAINERS, type Container, type ContainerState } from '../../../server/lab/lab.ts';
import { createFakeLab } from '../../fake-lab.ts';

const diagnoseWithout = (what: string) => {
  // Nobody's engine is asked.
  vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/docker.sock');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { lab } = createFakeLab({ running: false });
  const containers = () => Promise.reject(new LabError('unavailable', what));
  return diagnose({ ...lab, containers });
};

it('what is bad for one reason is of one kind, and explained once', async () => {
  const { needed } = await diagnoseWithout('실습실이 답하지 않습니다.');
  expect(needed.filter(({ text }) => /답하지|위와 같은/.test(text))).toEqual([
    { kind: 'ports', good: false, text: '실습실이 답하지 않습니다.' },
    { kind: 'ports', good: false, text: '클러스터: 위와 같은 까닭으로 알 수 없습니다.' },
  ]);
});

it('what is looked at has a kind of its own', async () => {
  const { needed, other } = await diagnoseWithout('실습실이 답하지 않습니다.');
  const kinds = [...needed, ...other].filter(({ good }) => good).map(({ kind }) => kind);
  expect(new Set(kinds).size).toBe(kinds.length);
});

it.each([
  ['아직 띄우지 않음', {}],
  [
    '모두 실행 중',
    { zookeeper: 'running', kafka1: 'running', kafka2: 'running', kafka3: 'running' },
  ],
  [
    '실행 중: zookeeper · 멈춰 있음: kafka1, kafka2 · 아직 띄우지 않음: kafka3',
    { zookeeper: 'running', kafka1: 'exited', kafka2: 'exited' },
  ],
] as const)('says how the cluster is, in Korean: %s', async (text, states) => {
  vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/docker.sock');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { lab } = createFakeLab({ running: false });
  const known: Readonly<Partial<Record<Container, ContainerState['state']>>> = states;
  const containers = async () =>
    CONTAINERS.map((name) => ({ name, state: known[name] ?? 'absent', status: 'Exited (143)' }));
  const { needed } = await diagnose({ ...lab, containers });
  expect(needed).toContainEqual({ kind: 'cluster', good: true, text: `클러스터: ${text}` });
});
