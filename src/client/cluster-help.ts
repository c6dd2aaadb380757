/** What a broker or a partition on the screen is: in the lesson's words, with the command that shows the same. */
import { keyOf } from '../../server/cluster/changes.ts';
import type { ClusterState } from '../../server/protocol.ts';
import { cluster as strings } from '../strings/cluster.ts';
import { endText, isController, roleOf } from './cluster-facts.ts';
import { copyText } from './copy.ts';
import { setText } from './keep.ts';
import { siteUrl } from './site-url.ts';

interface Help {
  readonly title: string;
  readonly facts: string;
  readonly text: string;
  /** Where the lesson explains it. */
  readonly link: string;
  readonly command: string;
}

export interface ClusterHelp {
  /** The cluster has changed: what is open says so. */
  refresh(): void;
}

/** Opens it at what is clicked in `root`, until `signal`. */
export const createClusterHelp = (
  root: Element,
  stateOf: () => ClusterState | undefined,
  signal: AbortSignal,
): ClusterHelp => {
  const popover = root.querySelector<HTMLElement>('[data-part="help"]');
  if (popover === null) return { refresh: () => {} };
  let about: { readonly broker: string; readonly replica: string | undefined } | undefined;
  const part = (name: string): HTMLElement | null => popover.querySelector(`[data-part="${name}"]`);

  const fill = (help: Help): void => {
    for (const name of ['title', 'facts', 'text', 'command'] as const) {
      const element = part(`help-${name}`);
      if (element !== null) setText(element, help[name]);
    }
    part('help-link')?.setAttribute('href', siteUrl(help.link));
  };
  const show = (help: Help, at: Element): void => {
    fill(help);
    part('help-copied')?.replaceChildren();
    popover.showPopover();
    place(popover, at.getBoundingClientRect(), root.getBoundingClientRect());
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
      if (help === undefined) return;
      about = { broker, replica: button.dataset.replica };
      show(help, button);
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
  return {
    refresh: () => {
      const state = stateOf();
      if (state === undefined || about === undefined || !popover.matches(':popover-open')) return;
      const help = helpFor(state, about.broker, about.replica);
      if (help === undefined) popover.hidePopover();
      else fill(help);
    },
  };
};

/** Pixels that stay free around it. */
const MARGIN = 8;

/**
 * Beside the view, where there is room: what it explains, and its neighbours, stay in sight. Else under
 * what it explains, or over it, and never beyond the window.
 */
const place = (popover: HTMLElement, at: DOMRect, view: DOMRect): void => {
  const { width, height } = popover.getBoundingClientRect();
  const beside = view.left - MARGIN - width;
  const isBeside = beside >= MARGIN;
  const below = isBeside ? at.top : at.bottom + MARGIN;
  const above = isBeside ? innerHeight - MARGIN - height : at.top - MARGIN - height;
  const top = below + height > innerHeight - MARGIN ? above : below;
  const left = isBeside ? beside : Math.min(at.left, innerWidth - width - MARGIN);
  popover.style.top = `${Math.max(MARGIN, top)}px`;
  popover.style.left = `${Math.max(MARGIN, left)}px`;
};

const helpFor = (
  state: ClusterState,
  broker: string,
  replica: string | undefined,
): Help | undefined => {
  const id = Number(broker.slice(-1));
  if (replica === undefined) {
    const found = state.brokers.find(({ name }) => name === broker);
    return found && helpForBroker(found, isController(found, state));
  }
  const partition = state.partitions.find((each) => keyOf(each) === replica);
  if (partition === undefined) return undefined;
  const { topic, leader, replicas, isr } = partition;
  const role = roleOf(partition, id);
  // One that answers: the tool asks it for all the others.
  const asked = state.brokers.find((each) => each.state === 'up')?.name;
  const own = state.brokers.find(({ name }) => name === broker);
  if (own === undefined) return undefined;
  const lives = own.state === 'up';
  return {
    title: strings.help.replica(replica, broker),
    facts: strings.help.facts(
      leader === null ? strings.nobody : `${leader}`,
      replicas.join(','),
      isr.toSorted().join(','),
      endText(partition),
    ),
    text: lives ? strings.help.roles[role] : strings.help.dead[role],
    link:
      role === 'behind' || role === 'leaderless'
        ? strings.help.links.isr
        : strings.help.links.partitions,
    command: asked === undefined ? commandFor(own) : describeBy(asked, topic),
  };
};

const describeBy = (broker: string, topic: string): string =>
  `docker exec -it ${broker} kafka-topics --bootstrap-server ${broker}:${29091 + Number(broker.slice(-1))} --describe --topic ${topic}`;

const helpForBroker = (broker: ClusterState['brokers'][number], controls: boolean): Help => {
  const { name, container, state } = broker;
  const text = container === 'paused' ? strings.help.paused : strings.help.states[state];
  return {
    title: name,
    facts: strings.containers[container],
    text: controls ? `${text} ${strings.help.controller}` : text,
    link: strings.help.links.brokers,
    command: commandFor(broker),
  };
};

/** What shows it, or has it answer again. */
const commandFor = ({ name, container, state }: ClusterState['brokers'][number]): string => {
  if (container === 'paused') return `docker unpause ${name}`;
  return state === 'down' && container !== 'absent' ? `docker start ${name}` : 'docker-compose ps';
};
