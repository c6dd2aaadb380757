import { encode } from 'uqr';

/** Draws `text` into `svg`: dark on light in either theme, as cameras expect it. */
export const drawQr = (svg: SVGSVGElement, text: string): void => {
  if (svg.dataset.text === text) return;
  svg.dataset.text = text;
  const { size, data } = encode(text, { ecc: 'M', border: 2 });
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  const path = document.createElementNS(svg.namespaceURI, 'path');
  const dark = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  path.setAttribute('d', dark.join(''));
  svg.replaceChildren(path);
};
