/**
 * The terminal's styles and font, put on the page once, when this file is loaded. `?inline`,
 * because Astro links what is imported plainly into every lesson, terminal or not.
 */
import xterm from '@xterm/xterm/css/xterm.css?inline';
import fontFace from '../styles/terminal-font.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(`${fontFace}\n${xterm}`);
document.adoptedStyleSheets.push(sheet);
