/** What somebody decides in one tab holds in all of theirs: none goes on asking, or showing. */
import type { Share } from './share.ts';

type Decision = 'agreed' | 'refused' | 'revoked';

/** @returns tells the other tabs of this browser. */
export const decideInAllTabs = (share: Share): ((decision: Decision) => void) => {
  const tabs = new BroadcastChannel('lab:room-share');
  tabs.addEventListener('message', ({ data: decision }: MessageEvent<Decision>) => {
    if (decision !== 'revoked') share.refuse();
    // One run is shown by one tab: the one where its owner said so last.
    if (decision !== 'refused') share.revoke();
  });
  return (decision) => tabs.postMessage(decision);
};
