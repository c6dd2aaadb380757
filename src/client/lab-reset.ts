/** Asks whether to start over, and shows how that gets on. Loaded when somebody wants to. */
import type { ClusterState, LabResetting } from '../../server/protocol.ts';
import { labReset as strings } from '../strings/lab-reset.ts';
import { terminal } from '../strings/page.ts';
import styles from '../styles/lab-reset.css?inline';
import { addStyles } from './add-styles.ts';
import { type ConnectionState, connection } from './connection.ts';
import { setText } from './keep.ts';
import { siteUrl } from './site-url.ts';

addStyles(styles);

let dialog: HTMLDialogElement | undefined;

/** @param cluster as it is known, to name what goes. */
export const askReset = (cluster: ClusterState | undefined): void => {
  // One that is open goes on.
  if (dialog?.open) return;
  dialog = makeDialog(topicsOf(cluster));
  document.body.append(dialog);
  dialog.showModal();
};

const topicsOf = (cluster: ClusterState | undefined): readonly string[] => {
  const topics = new Set((cluster?.partitions ?? []).map(({ topic }) => topic));
  return [...topics]
    .filter((topic) => !topic.startsWith('__'))
    .toSorted((left, right) => left.localeCompare(right));
};

const makeDialog = (topics: readonly string[]): HTMLDialogElement => {
  const made = document.createElement('dialog');
  made.className = 'lab-reset';
  made.setAttribute('aria-labelledby', 'lab-reset');
  const add = <Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    text: string,
    to: HTMLElement = made,
  ): HTMLElementTagNameMap[Tag] => {
    const element = document.createElement(tag);
    element.textContent = text;
    to.append(element);
    return element;
  };
  add('h2', strings.title).id = 'lab-reset';
  const question = add('div', '');
  add('p', strings.goes, question);
  const list = add('ul', '', question);
  for (const text of [strings.cluster, strings.data(topics), strings.runs]) add('li', text, list);
  add('p', strings.stays, question);
  const status = add('p', '');
  status.setAttribute('role', 'status');
  const words = add('pre', '');
  words.hidden = true;
  // What is long scrolls: by the keyboard, too.
  words.tabIndex = 0;
  words.setAttribute('role', 'group');
  words.ariaLabel = terminal.output;
  const buttons = add('p', '');
  buttons.className = 'buttons';
  const keep = add('button', strings.keep, buttons);
  const sure = add('button', strings.sure, buttons);
  sure.className = 'danger';
  for (const button of [keep, sure]) button.type = 'button';
  keep.autofocus = true;

  /** Asked by this page, or seen to go on. */
  let busy = false;
  const setBusy = (next: boolean): void => {
    busy = next;
    sure.setAttribute('aria-disabled', String(busy));
  };
  const link = (href: string, text: string): void => {
    const anchor = document.createElement('a');
    anchor.href = href;
    anchor.textContent = text;
    anchor.addEventListener('click', () => made.close());
    status.append(' ', anchor);
  };
  const show = ({ state, text, step }: LabResetting): void => {
    setBusy(state === 'running');
    question.hidden = state !== 'refused';
    keep.textContent = state === 'refused' ? strings.keep : strings.close;
    sure.hidden = state === 'done';
    setText(status, state === 'refused' ? text : strings[state]);
    words.textContent = state === 'refused' ? '' : text.trim();
    words.hidden = words.textContent === '';
    if (step !== undefined) link(siteUrl(step.replace('/', '/#')), strings.goThere);
    if (state === 'done') link(siteUrl('environment/#up'), strings.begin);
  };
  /** When it was opened: how another one ended before is not told again. */
  let told = false;
  const leave = connection.subscribe({
    handleMessage: (message) => {
      if (message.type !== 'lab.resetting') return;
      if (message.state === 'running' || busy) told = true;
      if (told) show(message);
    },
    handleConnection: (now: ConnectionState) => {
      if (busy && now === 'lost') setText(status, strings.lost);
    },
  });
  keep.addEventListener('click', () => made.close());
  sure.addEventListener('click', () => {
    if (busy) return;
    // A recording has nothing that would go.
    const isLab = connection.state === 'open';
    setBusy(isLab && connection.send({ type: 'lab.reset', confirmed: true }));
    setText(status, busy ? strings.asking : strings.unconnected);
  });
  made.addEventListener('close', () => {
    leave();
    made.remove();
  });
  return made;
};
