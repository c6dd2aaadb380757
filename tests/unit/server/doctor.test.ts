import { expect, it, onTestFinished, vi } from 'vitest';
import { diagnose } from '../../../server/doctor.ts';
import { LabError } from '../../../server/errors.ts';
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
