/** What a broker or a partition on the screen is: in the lesson's words, with the command that shows the same. */
import type { ClusterState } from '../../server/protocol.ts';
import { cluster as strings } from '../strings.ts';
import { keyOf, roleOf } from './cluster-render.ts';
import { copyText } from './copy.ts';

interface Help {
  readonly title: string;
  readonly facts: string;
  readonly text: string;
  /** Where the lesson explains it. */
  readonly link: string;
  readonly command: string;
}

/** Opens it at what is clicked in `root`, until `signal`. */
export const createClusterHelp = (
  root: Element,
  stateOf: () => ClusterState | undefined,
  signal: AbortSignal,
): void => {
  const popover = root.querySelector<HTMLElement>('[data-part="help"]');
  if (popover === null) return;
  const part = (name: string): HTMLElement | null => popover.querySelector(`[data-part="${name}"]`);

  const show = (help: Help, at: Element): void => {
    for (const name of ['title', 'facts', 'text', 'command'] as const)
      part(`help-${name}`)?.replaceChildren(help[name]);
    part('help-copied')?.replaceChildren();
    part('help-link')?.setAttribute('href', help.link);
    popover.showPopover();
    place(popover, at.getBoundingClientRect());
    popover.focus();
  };
  root.addEventListener(
    'click',
    (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      const state = stateOf();
      const broker = button?.closest<HTMLElement>('[data-broker]')?.dataset.broker;
      if (button === null || state === undefined || broker === undefined) return;
      const help = helpFor(state, broker, button.dataset.replica);
      if (help !== undefined) show(help, button);
    },
    { signal },
  );
  part('help-copy')?.addEventListener(
    'click',
    async () => {
      const copied = await copyText(part('help-command')?.textContent ?? '');
      part('help-copied')?.replaceChildren(copied ? strings.copied : strings.copyFailed);
    },
    { signal },
  );
};

/** Pixels that stay free around it. */
const MARGIN = 8;

/** Under what it explains, or over it, and never beyond the window. */
const place = (popover: HTMLElement, at: DOMRect): void => {
  const { width, height } = popover.getBoundingClientRect();
  const below = at.bottom + MARGIN;
  const top = below + height > innerHeight - MARGIN ? at.top - MARGIN - height : below;
  popover.style.top = `${Math.max(MARGIN, top)}px`;
  popover.style.left = `${Math.max(MARGIN, Math.min(at.left, innerWidth - width - MARGIN))}px`;
};

const helpFor = (
  state: ClusterState,
  broker: string,
  replica: string | undefined,
): Help | undefined => {
  const id = Number(broker.slice(-1));
  if (replica === undefined) {
    const found = state.brokers.find(({ name }) => name === broker);
    return found && helpForBroker(found, state.controller === id && found.state !== 'down');
  }
  const partition = state.partitions.find((each) => keyOf(each) === replica);
  if (partition === undefined) return undefined;
  const { topic, leader, replicas, isr } = partition;
  const role = roleOf(partition, id);
  // One that answers: the tool asks it for all the others.
  const asked = state.brokers.find((each) => each.state === 'up')?.name ?? broker;
  return {
    title: strings.help.replica(replica, broker),
    facts: strings.help.facts(
      leader === null ? strings.none : `${leader}`,
      replicas.join(','),
      isr.join(','),
    ),
    text: strings.help.roles[role],
    link:
      role === 'behind' || role === 'leaderless'
        ? strings.help.links.isr
        : strings.help.links.partitions,
    command: `docker exec -it ${asked} kafka-topics --bootstrap-server ${asked}:${29091 + Number(asked.slice(-1))} --describe --topic ${topic}`,
  };
};

const helpForBroker = (
  { name, container, state }: ClusterState['brokers'][number],
  controls: boolean,
): Help => {
  const paused = container === 'paused';
  const text = paused ? strings.help.paused : strings.help.states[state];
  const down = paused ? `docker unpause ${name}` : `docker start ${name}`;
  return {
    title: name,
    facts: strings.containers[container],
    text: controls ? `${text} ${strings.help.controller}` : text,
    link: strings.help.links.brokers,
    command: state === 'down' && container !== 'absent' ? down : 'docker-compose ps',
  };
};
