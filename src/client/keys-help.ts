/** A list of the keys, over the page. */
import { keys as strings } from '../strings/keys.ts';
import styles from '../styles/keys-help.css?inline';
import { addStyles } from './add-styles.ts';

addStyles(styles);

let dialog: HTMLDialogElement | undefined;

export const showKeys = (): void => {
  dialog ??= makeDialog();
  // One that is open cannot be opened.
  if (!dialog.open) dialog.showModal();
};

const makeDialog = (): HTMLDialogElement => {
  const made = document.createElement('dialog');
  made.className = 'lab-keys';
  made.setAttribute('aria-labelledby', 'lab-keys');
  const title = document.createElement('h2');
  title.id = 'lab-keys';
  title.textContent = strings.title;
  const list = document.createElement('dl');
  for (const [key, text] of strings.list) {
    const term = document.createElement('dt');
    const pressed = document.createElement('kbd');
    pressed.textContent = key;
    term.append(pressed);
    const meaning = document.createElement('dd');
    meaning.textContent = text;
    list.append(term, meaning);
  }
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = strings.close;
  close.addEventListener('click', () => made.close());
  made.append(title, list, close);
  document.body.append(made);
  return made;
};
