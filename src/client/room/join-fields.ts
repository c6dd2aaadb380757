/** What one types, or pastes, to come into a class: which fields there are, and what is wrong in them. */
import { TYPED } from '../../../server/workshop/typed.ts';
import { join as strings } from '../../strings/room.ts';
import { setText } from '../keep.ts';
import { isOfLink, readCode, readHubAddress } from './hub-address.ts';
import type { Presentation } from './membership.ts';

/** A participant's. `hub`: empty where the hub itself serves this page. */
export interface Newcomer {
  readonly hub: string;
  readonly code: string;
  readonly nickname: string;
}

export interface JoinFields {
  /**
   * @param relays whether this page has a lab's sidecar, which reaches the hub for it.
   * @param known who they are in another class of that hub, or were in this one.
   */
  show(relays: boolean, known?: Pick<Newcomer, 'hub' | 'nickname'>): void;
  /** `undefined` where something is wrong, which is said there. */
  read(): Newcomer | Presentation | undefined;
  /** Of a link's, nobody can make out what is wrong with it. */
  askForCode(): void;
}

type Name = 'hub' | 'code' | 'nickname';

/** The markup is that of the page. */
export const createJoinFields = (form: HTMLFormElement, signal: AbortSignal): JoinFields => {
  const find = <Found extends Element>(selector: string): Found => {
    const found = form.querySelector<Found>(selector);
    if (found === null) throw new Error(`the form has no ${selector}`);
    return found;
  };
  const inputOf = (name: Name): HTMLInputElement => find(`input[name="${name}"]`);
  const [hub, code, nickname] = [inputOf('hub'), inputOf('code'), inputOf('nickname')];
  const submit = [...form.elements].find((each) => each.matches('[type="submit"]'));
  const invitation = find('[data-part="invited"] > span');
  const shares = find<HTMLElement>('[data-part="shares"]');
  const byCode = find<HTMLButtonElement>('[data-part="invited"] > button');
  let relays = false;
  /** Whether they came by a link, whose code nobody reads; until it is of no use. */
  let invited = false;

  /** Said where it was typed; empty where nothing is wrong. */
  const sayAt = (input: HTMLInputElement, problem: string): void => {
    input.ariaInvalid = String(problem !== '');
    setText(find(`#${input.id}-problem`), problem);
    if (problem !== '') input.focus();
  };

  /** Whoever pastes a presenter's address has no use for a code, or a nickname: typed, they stay. */
  const render = (): void => {
    const isPresenter = relays && readHubAddress(hub.value)?.token !== undefined;
    const isInvited = invited && !isPresenter;
    const shown = [
      [hub, relays],
      [code, !isPresenter && !invited],
      [nickname, !isPresenter],
    ] as const;
    for (const [input, isShown] of shown) {
      const field = input.closest<HTMLElement>('.field');
      if (field !== null) field.hidden = !isShown;
    }
    shares.hidden = isPresenter;
    setText(shares, relays ? strings.sharesOfLab : strings.shares);
    byCode.hidden = !isInvited;
    setText(invitation, isInvited ? strings.invited : '');
    setText(find('#join-hub-hint'), isPresenter ? strings.presenterHint : strings.hubHint);
    if (submit !== undefined)
      setText(submit, isPresenter ? strings.enterAsPresenter : strings.enter);
  };

  /** Pasted where its address is due, or its code, a link has both: nobody need read either. */
  const takeLink = (input: HTMLInputElement): void => {
    const link = readHubAddress(input.value);
    // One may be typing an address with a code to be read.
    if (link?.code !== undefined && (input === code || isOfLink(link.code))) {
      if (relays) hub.value = link.hub;
      code.value = link.code;
      invited = isOfLink(link.code);
      sayAt(code, '');
    }
    render();
    if (input === code && invited) nickname.focus();
  };

  /** A reload does not bring it back either. */
  const forgetLink = (): void => {
    const url = new URL(location.href);
    url.searchParams.delete('code');
    history.replaceState(history.state, '', url);
    invited = false;
    code.value = '';
    render();
    code.focus();
  };

  /** @returns what was typed, where it is such a thing; otherwise says what is wrong. */
  const readAt = <T>(
    input: HTMLInputElement,
    read: (typed: string) => T | undefined,
    problem: string,
  ): T | undefined => {
    const value = read(input.value);
    sayAt(input, value === undefined ? problem : '');
    return value;
  };

  for (const input of [hub, code])
    input.addEventListener('input', () => takeLink(input), { signal });
  byCode.addEventListener('click', forgetLink, { signal });
  return {
    show: (next, known) => {
      relays = next;
      if (hub.value === '') hub.value = known?.hub ?? '';
      if (nickname.value === '') nickname.value = known?.nickname ?? '';
      const linked = new URLSearchParams(location.search).get('code');
      if (linked !== null && code.value === '') {
        code.value = linked;
        invited = isOfLink(linked);
      }
      render();
      form.hidden = false;
    },
    read: () => {
      const address = relays
        ? readAt(hub, readHubAddress, strings.wrongHub)
        : { hub: '', token: undefined, code: undefined };
      if (address === undefined) return undefined;
      if (address.token !== undefined) return { hub: address.hub, token: address.token };
      if (address.code !== undefined && code.value === '') code.value = address.code;
      const problem = code.value.includes('://') ? strings.noCode : strings.wrongCode;
      const right = readAt(code, readCode, problem);
      if (right === undefined) return undefined;
      const isLink = nickname.value.includes('://');
      const wrong = isLink ? strings.linkAsNickname : strings.wrongNickname;
      const name = readAt(nickname, readNickname, wrong);
      return name === undefined ? undefined : { hub: address.hub, code: right, nickname: name };
    },
    askForCode: () => {
      forgetLink();
      sayAt(code, strings.oldLink);
    },
  };
};

/** What a name of the protocol may be, and nobody's address: pasted there, it would be cut to a name. */
const readNickname = (typed: string): string | undefined => {
  const text = typed.trim();
  const isName = TYPED.test(text) && text.length <= 20 && !text.includes('://');
  return isName ? text : undefined;
};
