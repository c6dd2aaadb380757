/**
 * What somebody decides in one tab holds in all of theirs: none goes on asking, or showing; and each says
 * that something is shown, and ends it, whichever tab shows it.
 */
import { uuid } from '../uuid.ts';
import type { Share } from './share.ts';

/** A run that is looked at, and what its step is called. */
export interface Looked {
  readonly run: string;
  readonly title: string;
}

type Word =
  | { readonly kind: 'agreed' | 'refused' | 'revoked' | 'read' }
  /** A page that has just come. */
  | { readonly kind: 'who' }
  | {
      readonly kind: 'shows';
      readonly tab: string;
      readonly looked: Looked | undefined;
      readonly replaced: string | undefined;
    };

/** A `BroadcastChannel`. */
export interface TabLine {
  postMessage(word: Word): void;
  addEventListener(type: 'message', listener: (event: { readonly data: Word }) => void): void;
}

export interface ShareTabs {
  /** By this tab or another. */
  readonly looked: Looked | undefined;
  /** What the step is called whose next run has ended a look, until its reader has read that. */
  readonly replaced: string | undefined;
  read(): void;
  agree(): void;
  refuse(): void;
  revoke(): void;
  /** After each change of what this tab shows. */
  update(): void;
  /** The page goes, and what it shows ends with it. */
  leave(): void;
}

/** @param titleOf what a step is called. */
export const createShareTabs = (
  share: Share,
  line: TabLine,
  titleOf: (step: string) => string,
  handleChange: () => void,
): ShareTabs => {
  const tab = uuid();
  const elsewhere = new Map<string, Looked>();
  let told: string | undefined;
  let replaced: string | undefined;

  const own = (): Looked | undefined =>
    share.shared && { run: share.shared.run, title: titleOf(share.shared.step) };
  const tell = (looked: Looked | undefined): void => {
    told = looked?.run;
    line.postMessage({ kind: 'shows', tab, looked, replaced });
  };
  const hear = (word: Word): void => {
    if (word.kind === 'shows') {
      replaced = word.replaced;
      if (word.looked === undefined) elsewhere.delete(word.tab);
      else elsewhere.set(word.tab, word.looked);
      handleChange();
    } else if (word.kind === 'who') {
      if (told !== undefined) tell(own());
    } else if (word.kind === 'read') {
      replaced = undefined;
      handleChange();
    } else {
      // Another question has had its answer since.
      replaced = undefined;
      if (word.kind !== 'revoked') share.dismiss();
      // One run is shown by one tab: the one where its owner said so last.
      if (word.kind !== 'refused') share.revoke();
    }
  };
  line.addEventListener('message', ({ data }) => hear(data));
  line.postMessage({ kind: 'who' });

  return {
    get looked() {
      return own() ?? [...elsewhere.values()].at(-1);
    },
    get replaced() {
      return replaced;
    },
    read: () => {
      line.postMessage({ kind: 'read' });
      replaced = undefined;
      handleChange();
    },
    agree: () => {
      // First: the others' end goes before this one's beginning.
      line.postMessage({ kind: 'agreed' });
      share.agree();
    },
    refuse: () => {
      line.postMessage({ kind: 'refused' });
      replaced = undefined;
      share.refuse();
    },
    revoke: () => {
      line.postMessage({ kind: 'revoked' });
      // Nor does the sign of a tab stay that has crashed.
      elsewhere.clear();
      share.revoke();
      handleChange();
    },
    update: () => {
      const now = own();
      if (now?.run === told) return;
      replaced = share.replaced && titleOf(share.replaced);
      tell(now);
    },
    leave: () => {
      if (told !== undefined) tell(undefined);
    },
  };
};
