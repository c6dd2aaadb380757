import type { ITheme } from '@xterm/xterm';

/**
 * The sixteen colours that programs ask for by number, each 4.5:1 or better on the screen, which is
 * dark on a light page too. Other colours are lifted to that by `minimumContrastRatio`.
 */
const ANSI = {
  black: '#8494a0',
  red: '#ff8f85',
  green: '#7fd694',
  yellow: '#efc46d',
  blue: '#8db6ff',
  magenta: '#dba6f5',
  cyan: '#6fd3d8',
  white: '#d6dfe4',
  brightBlack: '#95a5b0',
  brightRed: '#ffb0a8',
  brightGreen: '#a3e8b3',
  brightYellow: '#ffdf9a',
  brightBlue: '#b3cfff',
  brightMagenta: '#ebc8ff',
  brightCyan: '#9ceaee',
  brightWhite: '#ffffff',
} satisfies ITheme;

/** The colours that `host` has by the page's tokens, now. */
export const readTheme = (host: HTMLElement): ITheme => {
  const style = getComputedStyle(host);
  const background = style.getPropertyValue('--lab-terminal').trim();
  return {
    ...ANSI,
    background,
    foreground: style.getPropertyValue('--lab-terminal-text').trim(),
    cursor: style.getPropertyValue('--step-cursor').trim(),
    cursorAccent: background,
    selectionBackground: style.getPropertyValue('--step-selection').trim(),
    scrollbarSliderBackground: '#d6dfe440',
    scrollbarSliderHoverBackground: '#d6dfe466',
    scrollbarSliderActiveBackground: '#d6dfe480',
  };
};
