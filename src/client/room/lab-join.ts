/** `<lab-join>`: into a workshop. The markup is that of the page. */
import { present } from '../../strings/present.ts';
import { preflight as preflightStrings, join as strings } from '../../strings/room.ts';
import { askHub, type Hub } from '../ask-hub.ts';
import { askHealth } from '../health.ts';
import { setText } from '../keep.ts';
import { siteUrl } from '../site-url.ts';
import { isOfLink } from './hub-address.ts';
import { createJoinFields, type JoinFields } from './join-fields.ts';
import { labOfPage } from './lab-of-page.ts';
import { make, makeButton } from './make.ts';
import {
  enterClass,
  following,
  othersAt,
  type Participation,
  type Presentation,
  participation,
  presentation,
  shownOut,
} from './membership.ts';
import { isNamesake } from './namesake.ts';
import type { Presenter } from './present.ts';
import type { Room } from './room.ts';
import type { RoomState } from './room-connection.ts';
import { readSecondScreen, type SecondScreen } from './second-screen.ts';

class LabJoin extends HTMLElement {
  #life: AbortController | undefined;
  /** One at a time. */
  #busy: boolean = false;
  /** Whether this page has a lab's sidecar, which reaches the hub for it. */
  #relays: boolean = false;
  /** Why one may go into another class while one waits for one's own; empty where one does not. */
  #waits: string = '';
  /** Whom this page follows, as one. */
  #presenter: Presenter | undefined;
  #fields: JoinFields | undefined;

  connectedCallback(): void {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const form = this.querySelector('form');
    this.#fields = form === null ? undefined : createJoinFields(form, signal);
    form?.addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        void this.#join(form);
      },
      { signal },
    );
    this.#part('preflight')
      .querySelector('button')
      ?.addEventListener('click', () => void this.#examine(), { signal });
    void this.#begin();
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  #part(name: string): HTMLElement {
    const found = this.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (found === null) throw new Error(`lab-join has no part named ${name}`);
    return found;
  }

  #say(text: string, problem = ''): void {
    setText(this.#part('status'), text);
    const words = this.#part('problem');
    const isNews = problem !== '' && words.textContent !== problem;
    setText(words, problem);
    // Nobody is taken there who reads elsewhere on the page.
    if (isNews && this.contains(document.activeElement)) words.scrollIntoView({ block: 'nearest' });
  }

  async #begin(): Promise<void> {
    if (presentation.read() !== undefined) {
      const { currentPresenter, openRoom } = await import('./room.ts');
      await openRoom();
      const presenter = currentPresenter();
      if (presenter !== undefined) this.#followPresenter(presenter);
      return;
    }
    const screen = readSecondScreen(location.hash, Date.now());
    if (screen !== undefined && (await this.#findHub())?.presenter === false)
      return this.#openSecondScreen(screen);
    const who = participation.read();
    if (who !== undefined) {
      const { openRoom } = await import('./room.ts');
      const room = await openRoom();
      if (room !== undefined) {
        this.#say(strings.already(who.nickname));
        this.#sayNext(room);
        this.#offerAnother(room, who);
      }
      return;
    }
    await this.#showForm();
  }

  /** One may wait for one's own class, or come into another. */
  #offerAnother(room: Room, { hub, nickname }: Participation): void {
    const { line } = room;
    /** Why they wait; empty where they do not. */
    const look = async (state: RoomState): Promise<string> => {
      // A page that its hub serves, leads to no other.
      if (state === 'lost' && hub !== '') {
        try {
          await labOfPage(hub);
        } catch (error) {
          // Of the class, nothing is known.
          return error instanceof Error ? error.message : '';
        }
        if (!line.isElsewhere) return strings.silent;
      }
      if (!line.isElsewhere) return '';
      return isNamesake(line.problem, room.name) ? strings.namesake : strings.another;
    };
    let looks = 0;
    const render = async (state: RoomState): Promise<void> => {
      looks += 1;
      const own = looks;
      const why = await look(state);
      // It is otherwise since; or they are somebody else, or nobody.
      if (own !== looks || state === 'ended') return;
      const before = this.#waits;
      this.#waits = why;
      if (this.#waits !== '') {
        // What has been said since of what they typed, stays.
        if (this.#waits === before) return;
        this.#say(this.#waits);
        this.#part('next').hidden = true;
        void this.#showForm();
      } else if (before !== '') {
        this.#part('form').hidden = true;
        this.#say(strings.already(nickname));
        this.#part('next').hidden = false;
      }
    };
    line.subscribe({ handleState: (state) => void render(state) });
    void render(line.state);
  }

  /** Who is somebody here already, stays that. Others are asked: anybody may have made that address. */
  #openSecondScreen({ who, path }: SecondScreen): void {
    if (participation.read() !== undefined) {
      location.replace(path);
      return;
    }
    const open = makeButton('second-screen', strings.watchAs(who.nickname), () => {
      enterClass(who, undefined);
      following.write({ on: true, moves: null });
      location.replace(path);
    });
    this.#say(strings.secondScreen);
    this.#part('next').replaceChildren(open);
    this.#part('next').hidden = false;
  }

  /** That which serves this page. */
  async #findHub(): Promise<Hub | undefined> {
    const health = await askHealth();
    this.#relays = typeof health === 'object' || health === 'denied';
    if (this.#relays) return undefined;
    const hub = await askHub();
    return typeof hub === 'object' ? hub : undefined;
  }

  async #showForm(): Promise<void> {
    const hub = await this.#findHub();
    // In the meantime, they are in a class.
    if (participation.read() !== undefined && this.#waits === '') return;
    if (hub?.presenter) {
      this.#say(strings.presenterHere);
      return;
    }
    if (!this.#relays && hub === undefined) {
      // Who waits for a class has a lab, which does not answer just now.
      if (this.#waits === '') this.#say('', strings.noHub);
      return;
    }
    setText(this.#part('class'), hub === undefined ? '' : strings.of(hub.name));
    this.#fields?.show(this.#relays, participation.read() ?? shownOut.read());
  }

  async #join(form: HTMLFormElement): Promise<void> {
    if (this.#busy) return;
    this.#say('');
    const typed = this.#fields?.read();
    if (typed === undefined) return;
    if ('token' in typed) return this.#present(form, typed);
    const { hub, code, nickname } = typed;
    this.#setBusy(form, true);
    this.#say(strings.entering);
    const [{ RoomConnection }, { attend, currentRoom, handleSettled }] = await Promise.all([
      import('./room-connection.ts'),
      import('./room.ts'),
    ]);
    const line = new RoomConnection({
      hub,
      credential: { as: 'newcomer', code, nickname },
      lab: () => labOfPage(hub),
      others: (name) => othersAt(hub, name),
      settled: handleSettled,
    });
    let isOld = false;
    const leave = line.subscribe({
      handleMessage: (message) => {
        if (message.type === 'room.refused')
          isOld = isOfLink(code) && /^(wrong-code|expired)$/.test(message.code);
        if (message.type !== 'room.joined') return;
        leave();
        this.#waits = '';
        const before = participation.read();
        currentRoom()?.stepAside();
        const who = enterClass(
          {
            hub,
            token: message.token,
            // As the class knows them: another may have had that name.
            nickname: message.nickname,
            room: message.room,
            joinedAt: Date.now(),
          },
          before,
        );
        const hadFocus = this.contains(document.activeElement);
        form.hidden = true;
        this.#setBusy(form, false);
        const room = attend(line, who);
        const welcome = (): void => {
          // The hub says next what the room is called.
          if (room.view === undefined) return;
          stop();
          this.#say(strings.joined(room.name, who.nickname));
        };
        const stop = room.subscribe(welcome);
        this.#sayNext(room);
        this.#offerAnother(room, who);
        if (hadFocus) this.#part('next').querySelector('a')?.focus();
      },
      handleState: (state) => {
        if (state !== 'ended' && state !== 'lost') return;
        // The next attempt is the reader's, who may have mistyped the address.
        leave();
        this.#setBusy(form, false);
        const problem = line.problem === '' ? strings.noAnswer : line.problem;
        this.#say('', isOld ? '' : problem);
        line.end();
        if (isOld) this.#fields?.askForCode();
      },
    });
  }

  #setBusy(form: HTMLFormElement, busy: boolean): void {
    this.#busy = busy;
    const submit = [...form.elements].find((each) => each.matches('[type="submit"]'));
    submit?.setAttribute('aria-disabled', String(busy));
  }

  async #present(form: HTMLFormElement, wanted: Presentation): Promise<void> {
    this.#setBusy(form, true);
    const before = this.#presenter;
    this.#presenter = undefined;
    before?.stop();
    presentation.write(wanted);
    const { lead } = await import('./room.ts');
    const presenter = await lead(wanted);
    const leave = presenter.line.subscribe({
      handleState: (state) => {
        if (state === 'connecting') return;
        leave();
        this.#setBusy(form, false);
        form.hidden = state === 'open';
        // As for a participant: the next attempt is the reader's.
        if (state !== 'open') presenter.stop();
      },
    });
    this.#followPresenter(presenter);
  }

  /** Nobody is a presenter before the hub has agreed. */
  #followPresenter(presenter: Presenter): void {
    const next = this.#part('next');
    next.replaceChildren(
      `${strings.presenterNext} `,
      make('a', { href: siteUrl('environment/') }, strings.go),
    );
    this.#presenter = presenter;
    this.#part('preflight').hidden = true;
    const { line } = presenter;
    const render = (state: RoomState): void => {
      // Another class's since.
      if (this.#presenter !== presenter) return;
      next.hidden = state !== 'open';
      if (state === 'open') this.#say(strings.presenter);
      else if (state === 'connecting') this.#say(strings.presenting);
      else if (state === 'lost') {
        const why = line.isClosed ? `${present.closed}. ${line.problem}` : line.problem;
        this.#say('', why === '' ? strings.noAnswer : why);
        // Where the address of the class that is led now is due.
        if (line.isElsewhere && this.#part('form').hidden) void this.#showForm();
      } else {
        this.#say('');
        void this.#showForm();
      }
    };
    line.subscribe({ handleState: render });
    render(line.state);
  }

  #sayNext(room: Room): void {
    const words = make('span');
    let hasLab = false;
    const say = (): void => {
      const { state } = room.line;
      setText(words, state === 'lost' ? strings.waitingLost : strings.waiting);
      // Where nobody hears, there may be a form as well.
      this.#part('preflight').hidden = !hasLab || state !== 'open';
    };
    say();
    this.#part('next').hidden = false;
    this.#part('next').replaceChildren(
      words,
      ' ',
      make('a', { href: siteUrl('environment/') }, strings.go),
    );
    void askHealth().then((health) => {
      hasLab = typeof health === 'object' && health.missing === null;
      if (this.#presenter === undefined) say();
    });
    const leave = room.line.subscribe({
      handleState: (state) => {
        // A presenter by now.
        if (this.#presenter !== undefined) return leave();
        say();
        if (state !== 'ended') return;
        leave();
        this.#say('');
        for (const part of ['next', 'preflight']) this.#part(part).hidden = true;
        void this.#showForm();
      },
    });
  }

  async #examine(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const status = this.#part('preflight').querySelector('[role="status"]');
    const say = (text: string): void => {
      if (status !== null) setText(status, text);
    };
    say(preflightStrings.checking);
    const { currentRoom } = await import('./room.ts');
    const room = currentRoom();
    const findings = await room?.preflight();
    const bad = findings?.filter(({ good }) => !good).map(({ text }) => text);
    if (bad === undefined) say(preflightStrings.failed);
    else if (bad.length > 0) say(preflightStrings.bad(bad));
    else say(preflightStrings.good);
    this.#busy = false;
  }
}

customElements.define('lab-join', LabJoin);
