import { describe, expect, it, vi } from 'vitest';
import { LabError, OutcomeUnknown } from '../../../server/errors.ts';
import type { Declared } from '../../../server/runs/confirmation.ts';
import { readJournal } from '../../../server/runs/journal.ts';
import { pastRun } from '../../../server/runs/past-run.ts';
import { startRun } from './start-run.ts';

describe('what a step declares', () => {
  const BACKGROUND = { kind: 'background', text: 'up' } as const;
  const BEHIND = 'orders-0의 ISR이 [1,3]입니다. 3개여야 합니다. kafka2가 아직 따라잡는 중입니다.';
  /** A cluster that is waited for, until the test says what has become of it. */
  const cluster = (texts: readonly string[] = []) => {
    const verdict = Promise.withResolvers<string | undefined>();
    let say = (_: string): void => {};
    const declared: Declared = {
      texts,
      confirm: (wait) => {
        say = wait.say;
        wait.signal.addEventListener('abort', () => verdict.resolve(BEHIND));
        return verdict.promise;
      },
    };
    return { declared, say: (text: string) => say(text), become: verdict.resolve };
  };

  it('is waited for after the end of the program, and only then has the step passed', async () => {
    const { declared, say, become } = cluster();
    const { run, exit, told } = startRun({ declared });
    expect(run.status.check).toBeNull();
    const ended = exit(0);
    await vi.waitFor(() => expect(run.status.check).toEqual({ state: 'waiting', reason: '' }));
    say(BEHIND);
    expect(run.status).toMatchObject({
      status: 'running',
      check: { state: 'waiting', reason: BEHIND },
    });
    // Its process is gone, and hears nothing.
    expect(() => run.write(Buffer.from('a'))).toThrow(LabError);
    expect(told).toEqual([]);
    become(undefined);
    expect(await ended).toBe('passed');
    expect(run.status.check).toEqual({ state: 'held', reason: '' });
  });

  it('fails a step that has done its part, where the cluster does not become so', async () => {
    const { declared, become } = cluster();
    const { run, exit } = startRun({ declared });
    const ended = exit(0);
    become(BEHIND);
    expect(await ended).toBe('failed');
    expect(run.status).toMatchObject({ exitCode: 0, check: { state: 'missed', reason: BEHIND } });
  });

  it('is not waited for where the step has failed already', async () => {
    const { declared } = cluster();
    const { run, exit } = startRun({ declared });
    expect(await exit(1)).toBe('failed');
    expect(run.status.check).toBeNull();
  });

  it('ends with a stop, which nobody hears but the wait', async () => {
    const { declared } = cluster();
    const { run, exit, told } = startRun({ declared });
    const ended = exit(0);
    await vi.waitFor(() => expect(run.status.check).not.toBeNull());
    run.signal('interrupt');
    expect(await ended).toBe('stopped');
    expect(told).toEqual([]);
  });

  it('asks for a text that was printed', async () => {
    const { declared, become } = cluster(['Leader: 2']);
    become(undefined);
    const without = startRun({ declared });
    without.print('Leader: 1');
    expect(await without.exit(0)).toBe('failed');
    expect(without.run.status.check?.reason).toBe('출력에 ‘Leader: 2’라는 글이 없습니다.');
    const printing = startRun({ declared });
    printing.print('Lea');
    printing.print('der: 2');
    expect(await printing.exit(0)).toBe('passed');
  });

  it('lets a run that goes on pass when the cluster is so, and not before', async () => {
    const { declared, become } = cluster();
    const { run, folder, print, stop } = startRun({ expectation: BACKGROUND, declared });
    print('up');
    await vi.waitFor(() => expect(run.status.check?.state).toBe('waiting'));
    expect(run.status).toMatchObject({ status: 'running', background: false });
    become(undefined);
    await vi.waitFor(() =>
      expect(run.status).toMatchObject({ status: 'passed', background: true }),
    );
    expect(readJournal(folder).events.map(({ event }) => event)).toEqual(['check', 'up']);
    expect(await stop()).toBe('passed');
  });

  it('counts as stopped what goes on and was stopped before that', async () => {
    const { declared } = cluster();
    const { run, print, stop } = startRun({ expectation: BACKGROUND, declared });
    print('up');
    expect(await stop()).toBe('stopped');
    expect(run.status.check).toEqual({ state: 'missed', reason: BEHIND });
  });

  it('is waited for no longer by a run that was lost', async () => {
    let signal: AbortSignal | undefined;
    const declared: Declared = {
      texts: [],
      confirm: (wait) => {
        signal = wait.signal;
        return new Promise(() => {});
      },
    };
    const { print, fail } = startRun({ expectation: BACKGROUND, declared });
    print('up');
    await vi.waitFor(() => expect(signal?.aborted).toBe(false));
    expect(await fail(new OutcomeUnknown('engine gone'))).toBe('unknown');
    expect(signal?.aborted).toBe(true);
  });

  it('is remembered with the run', async () => {
    const { declared, become } = cluster();
    const { run, folder, exit } = startRun({ declared });
    const ended = exit(0);
    become(BEHIND);
    await ended;
    expect(pastRun(folder).status).toEqual(run.status);
  });
});
