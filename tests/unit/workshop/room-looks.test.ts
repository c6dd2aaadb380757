import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Happening, ServerMessage } from '../../../server/protocol.ts';
import { logFile } from '../../../server/workshop/home.ts';
import { createMirror } from '../../../server/workshop/mirror.ts';
import { openSqliteLog } from '../../../server/workshop/sqlite-log.ts';
import { statusOf } from '../../run-status.ts';
import { waitFor } from '../../wait.ts';
import { makeFolder } from '../lab/folder.ts';
import { NO_MIRROR, openRoom, start } from './room-under-test.ts';

it('who is asked for a look and gives none has the presenter told so, and nobody else', async () => {
  const { present, join } = await start();
  const [presenter, person, other] = [present(), await join('하나'), await join('둘')];
  presenter.say({ type: 'room.ask', participant: person.participant });
  await person.next('room.asked');
  person.say({ type: 'room.decline', why: 'refused' });
  const { participant, why } = await presenter.next('room.declined');
  expect({ participant, why }).toEqual({ participant: person.participant, why: 'refused' });
  expect(other.told.map(({ type }) => type)).not.toContain('room.declined');
  presenter.say({ type: 'room.look-end', participant: person.participant });
  await person.next('room.look-ended');
  expect(other.told.map(({ type }) => type)).not.toContain('room.look-ended');
});

describe('who was asked for a look', () => {
  /** Somebody who was asked, and how often each page of theirs that comes is asked as well. */
  const ask = async () => {
    const { present, attend, join } = await start();
    const [presenter, person] = [present(), await join('하나')];
    const { participant, token } = person;
    presenter.say({ type: 'room.ask', participant });
    await person.next('room.asked');
    const load = async () => {
      const page = attend();
      page.say({ type: 'room.resume', token, lab: 'local' });
      await page.next('room.view');
      return page;
    };
    const asked = async () => (await load()).told.filter(({ type }) => type === 'room.asked');
    return { presenter, person, participant, load, asked };
  };

  it('is asked by each page of theirs that comes, until they answer', async () => {
    const { presenter, person, participant, load, asked } = await ask();
    person.leave();
    expect(await asked()).toHaveLength(1);
    const page = await load();
    page.say({ type: 'room.decline', why: 'refused' });
    expect(await asked()).toEqual([]);
    presenter.say({ type: 'room.ask', participant });
    expect(await asked()).toHaveLength(1);
    page.say({ type: 'room.share', run: randomUUID(), step: 'topics/list', on: true });
    expect(await asked()).toEqual([]);
  });

  it('is not asked any more once the presenter has ended it, or has gone', async () => {
    const { presenter, participant, asked } = await ask();
    presenter.say({ type: 'room.look-end', participant });
    expect(await asked()).toEqual([]);
    presenter.say({ type: 'room.ask', participant });
    expect(await asked()).toHaveLength(1);
    presenter.leave();
    expect(await asked()).toEqual([]);
  });

  it('alone is asked, by whichever page', async () => {
    const { present, attend, join } = await start();
    const [presenter, person, other] = [present(), await join('하나'), await join('둘')];
    presenter.say({ type: 'room.ask', participant: person.participant });
    const page = attend();
    page.say({ type: 'room.resume', token: other.token, lab: 'local' });
    await page.next('room.view');
    expect(page.told.some(({ type }) => type === 'room.asked')).toBe(false);
  });
});

it('a run is looked at while its person lets it, and no longer', async () => {
  const { present, join } = await start();
  const [presenter, person, other] = [present(), await join('하나'), await join('둘')];
  presenter.say({ type: 'room.ask', participant: person.participant });
  await person.next('room.asked');
  expect(other.told.some((each) => each.type === 'room.asked')).toBe(false);
  const run = randomUUID();
  const frame = Buffer.from(`${JSON.stringify({ type: 'run.output', run, offset: 0 })}\n출력`);
  person.frame(frame);
  expect((await person.next('room.refused')).code).toBe('not-yours');
  person.say({ type: 'room.share', run, step: 'topics/list', on: true });
  expect(await presenter.next('room.shared')).toMatchObject({ run, on: true });
  person.frame(frame);
  expect(presenter.frames).toEqual([frame]);
  // Another neither takes it over nor adds to it.
  other.say({ type: 'room.share', run, step: 'topics/list', on: true });
  expect((await other.next('room.refused')).code).toBe('not-yours');
  other.frame(frame);
  other.say({ type: 'room.share', run, step: 'topics/list', on: false });
  const late = present();
  expect(await late.next('room.shared')).toMatchObject({ run, on: true });
  expect(late.frames).toEqual([frame]);
  person.say({ type: 'room.share', run, step: 'topics/list', on: false, anew: true });
  expect(await late.next('room.shared')).toMatchObject({ run, on: false, anew: true });
  person.frame(frame);
  expect(late.frames).toHaveLength(1);
  expect(other.frames).toEqual([]);
});

describe('what the presenter’s lab does', () => {
  const run = randomUUID();
  const startedAt = Date.now() + 60_000;
  const status = (step: string): ServerMessage => statusOf(run, { step, startedAt });
  const output = Buffer.from(`${JSON.stringify({ type: 'run.output', run, offset: 0 })}\nhello`);

  it('is shown to those who want it, as long as they do, and at once to who comes late', async () => {
    const { present, join } = await start(makeFolder(), createMirror());
    const [presenter, person] = [present(), await join('하나')];
    person.say({ type: 'room.mirror', on: true });
    presenter.say({ type: 'room.show', message: status('topics/list') });
    presenter.frame(output);
    expect((await person.next('room.shown')).message).toEqual(status('topics/list'));
    expect(person.frames.map(String)).toEqual([String(output)]);
    person.say({ type: 'room.mirror', on: false });
    presenter.say({ type: 'room.show', message: { type: 'run.effect', run, changes: [] } });
    const late = await join('둘');
    late.say({ type: 'room.mirror', on: true, chapter: 'topics' });
    await late.next('room.shown');
    await waitFor('its output', () => late.frames.length === 1);
    expect(person.told.filter(({ type }) => type === 'room.shown')).toHaveLength(1);
  });

  it('is shown to nobody where it was before the class', async () => {
    const { present, join, room } = await start(makeFolder(), createMirror());
    const [presenter, person] = [present(), await join('하나')];
    person.say({ type: 'room.mirror', on: true });
    const before = statusOf(run, { startedAt: room.state.openedAt - 1 });
    presenter.say({ type: 'room.show', message: before });
    presenter.frame(output);
    const { openedAt } = room.state;
    const happened = (date: number): Happening => ({
      ...{ kind: 'changes', at: 1, date, seen: true, toldAt: 1, changes: [] },
    });
    const show = (message: ServerMessage): void => presenter.say({ type: 'room.show', message });
    show({ type: 'cluster.history', happenings: [happened(openedAt - 1), happened(openedAt)] });
    show({ type: 'cluster.happened', happening: happened(openedAt - 1) });
    expect((await person.next('room.shown')).message).toEqual({
      type: 'cluster.history',
      happenings: [happened(openedAt)],
    });
    const after = statusOf(randomUUID(), { startedAt: openedAt });
    presenter.say({ type: 'room.show', message: after });
    expect((await person.next('room.shown')).message).toEqual(after);
    expect(person.frames).toEqual([]);
  });

  /** What is shown of what began then, told by the presenter's page as it comes back. */
  const shownOf = async (home: string, times: readonly number[]): Promise<readonly number[]> => {
    const { present, join } = await start(home, createMirror());
    const [presenter, person] = [present(), await join('하나')];
    person.say({ type: 'room.mirror', on: true });
    // It went on for a day: an output has no times.
    for (const startedAt of times)
      presenter.say({
        type: 'room.show',
        message: statusOf(randomUUID(), { step: `topics/s${startedAt}`, startedAt, duration: 1e8 }),
      });
    const ended = times.map((date): Happening => {
      const run = { title: '목록', command: 'ls', status: 'passed', acts: false } as const;
      return { kind: 'run', at: 1, date: date + 1e8, duration: 1e8, ...run };
    });
    presenter.say({ type: 'room.show', message: { type: 'cluster.history', happenings: ended } });
    const axis = await waitFor('the axis', () => {
      const shown = person.told.flatMap((each) =>
        each.type === 'room.shown' && each.message.type === 'cluster.history' ? each.message : [],
      );
      return shown[0];
    });
    const runs = person.told.flatMap((each) =>
      each.type === 'room.shown' && each.message.type === 'run.status'
        ? each.message.startedAt
        : [],
    );
    expect(axis.happenings.map(({ date }) => date - 1e8)).toEqual(runs);
    return runs;
  };
  /** Milliseconds since 1970, each later than the last. */
  const moment = async (): Promise<number> => {
    const before = Date.now();
    await waitFor('a moment to pass', () => Date.now() > before + 1);
    return Date.now() - 1;
  };

  it('is shown to nobody where it was between two days, and shown of the day before', async () => {
    const home = makeFolder();
    const atHome = await moment();
    const first = await openRoom(home);
    const inClass = await moment();
    first.room.sayClosed('npm run workshop');
    first.room.close();
    const between = await moment();
    const second = await openRoom(home);
    const nextDay = await moment();
    second.room.sayClosed('npm run workshop');
    second.room.close();
    const after = await moment();
    const times = [atHome, inClass, between, nextDay, after];
    expect(await shownOf(home, times)).toEqual([inClass, nextDay]);
  });

  it('is shown with a gap where something of between two days is left out, and without a word of it', async () => {
    const home = makeFolder();
    const atHome = await moment();
    const first = await openRoom(home);
    const inClass = await moment();
    first.room.sayClosed('npm run workshop');
    first.room.close();
    const between = [await moment(), await moment()];
    const { present, join } = await start(home, createMirror());
    const [presenter, person] = [present(), await join('하나')];
    person.say({ type: 'room.mirror', on: true });
    const happened = (date: number): Happening => ({
      ...{ kind: 'changes', at: date, date, seen: true, toldAt: 1, changes: [] },
    });
    const nextDay = await moment();
    /** It ends in class: nothing else is left out then. */
    const rehearsed: Happening = {
      ...{ kind: 'run', at: nextDay, date: nextDay, title: '목록', command: 'ls' },
      ...{ status: 'passed', acts: false, duration: nextDay - atHome },
    };
    const shownOf = async (happenings: Happening[]): Promise<ServerMessage> => {
      presenter.say({ type: 'room.show', message: { type: 'cluster.history', happenings } });
      return (await person.next('room.shown')).message;
    };
    const before = [atHome, inClass, ...between].map(happened);
    const last = between.at(-1) ?? 0;
    const gap: Happening = { kind: 'gap', at: last, date: last };
    expect(await shownOf(before)).toMatchObject({ happenings: [happened(inClass), gap] });
    // A presenter's page says so, too, of what it leaves out.
    const gaps = [{ ...gap, date: atHome }, happened(inClass), gap, gap];
    const after = [...gaps, rehearsed, happened(nextDay), rehearsed];
    expect(await shownOf(after)).toMatchObject({
      happenings: [happened(inClass), gap, happened(nextDay)],
    });
  });

  it('is shown where it was while a hub that was killed was away', async () => {
    const home = makeFolder();
    const first = await openRoom(home);
    const inClass = await moment();
    first.room.close();
    const away = await moment();
    expect(await shownOf(home, [inClass, away])).toEqual([inClass, away]);
  });

  it('is shown to nobody where it was since the last word of a hub that was killed long ago', async () => {
    const home = makeFolder();
    const hour = 3_600_000;
    const now = Date.now();
    const log = openSqliteLog(logFile(home));
    await log.append({ kind: 'opened', at: now - 30 * hour, name: '시험 수업' });
    await log.append({
      kind: 'commanded',
      at: now - 28 * hour,
      command: { kind: 'move', to: { chapter: 'topics', step: null } },
    });
    log.close();
    const [inClass, atHome] = [now - 29 * hour, now - 2 * hour];
    expect(await shownOf(home, [inClass, atHome])).toEqual([inClass]);
  });

  it('is told to nobody who is gone, and of who has left, nothing is kept', async () => {
    const told: string[] = [];
    const { join } = await start(makeFolder(), {
      ...NO_MIRROR,
      watch: (_, person) => told.push(`watch ${person}`),
      unwatch: () => told.push('unwatch'),
      forget: (person) => told.push(`forget ${person}`),
    });
    const person = await join('하나');
    person.say({ type: 'room.mirror', on: true });
    person.leave();
    expect(told).toEqual([`watch ${person.participant}`, 'unwatch']);
    const other = await join('둘');
    other.say({ type: 'room.leave' });
    await other.next('room.refused');
    expect(told.slice(2)).toEqual(['unwatch', `forget ${other.participant}`]);
  });

  it('is nothing that a participant can show', async () => {
    const { join } = await start(makeFolder(), createMirror());
    const [person, other] = [await join('하나'), await join('둘')];
    other.say({ type: 'room.mirror', on: true });
    person.say({ type: 'room.show', message: status('topics/list') });
    expect((await person.next('room.refused')).code).toBe('not-yours');
    person.frame(output);
    expect((await person.next('room.refused')).code).toBe('not-yours');
    expect(other.frames).toEqual([]);
    expect(other.told.filter(({ type }) => type === 'room.shown')).toEqual([]);
  });
});
