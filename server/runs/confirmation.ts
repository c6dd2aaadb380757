/** Whether a step has printed what it should, and the cluster is as it declares: asked once its run has done its part. */
import type { CheckStatus } from '../protocol.ts';
import { createWatch } from './watch.ts';

export interface Declared {
  /** It has printed these. */
  readonly texts: readonly string[];
  /** The cluster is so. */
  readonly confirm: Confirm | undefined;
}

/** @returns why it is not; `undefined` where it is. */
export type Confirm = (wait: {
  readonly signal: AbortSignal;
  /** Why it is not yet. */
  say(reason: string): void;
}) => Promise<string | undefined>;

export interface Confirmation {
  /** `null` until it is asked for, and where nothing is declared. */
  readonly status: CheckStatus | null;
  /** Also where nothing is declared. */
  readonly held: boolean;
  /** The next that it prints. */
  feed(bytes: Uint8Array): void;
  /** Waits for the cluster. Returns whether all is as declared. */
  ask(): Promise<boolean>;
  /** Nobody waits any more. */
  stop(): void;
}

export interface ConfirmationEvents {
  /** The last word: told after this. */
  handleVerdict(status: CheckStatus): void;
  handleChange(): void;
}

export const createConfirmation = (
  declared: Declared | undefined,
  { handleVerdict, handleChange }: ConfirmationEvents,
): Confirmation => {
  const texts = declared?.texts.map((text) => ({ text, watch: createWatch(text) })) ?? [];
  const waiting = new AbortController();
  let status: CheckStatus | null = null;

  const tell = (next: CheckStatus): void => {
    status = next;
    handleChange();
  };
  /** Why it is not as declared. */
  const reasonOf = async ({ confirm }: Declared): Promise<string | undefined> => {
    const unprinted = texts.find(({ watch }) => !watch.seen);
    if (unprinted !== undefined) return notPrinted(unprinted.text);
    const say = (reason: string): void => tell({ state: 'waiting', reason });
    return confirm?.({ signal: waiting.signal, say });
  };

  return {
    get status() {
      return status;
    },
    get held() {
      return declared === undefined || status?.state === 'held';
    },
    feed: (bytes) => {
      for (const { watch } of texts) watch.feed(bytes);
    },
    ask: async () => {
      if (declared === undefined) return true;
      tell({ state: 'waiting', reason: '' });
      const reason = await reasonOf(declared);
      const verdict: CheckStatus = {
        state: reason === undefined ? 'held' : 'missed',
        reason: reason ?? '',
      };
      handleVerdict(verdict);
      tell(verdict);
      return reason === undefined;
    },
    stop: () => waiting.abort(),
  };
};

const notPrinted = (text: string): string => `출력에 ‘${text}’라는 글이 없습니다.`;
