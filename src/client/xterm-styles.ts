/** The terminal's styles and font, put on the page once, when this file is loaded. */
import xterm from '@xterm/xterm/css/xterm.css?inline';
import fontFace from '../styles/terminal-font.css?inline';
import { addStyles } from './add-styles.ts';

addStyles(fontFace, xterm);
