/** Puts what stands there at first into the places of a fence that is drawn already. */
import type { Params } from '../../server/lessons/params.ts';

/** A tag with its attributes, or a place. */
const PIECE = /<(?:"[^"]*"|'[^']*'|[^"'>])*>|\{([a-z]+)\}/g;

/** @param html of Expressive Code: its tokens leave a `{name}` whole. */
export const fillFence = (html: string, params: Params): string =>
  html.replace(PIECE, (piece, name: string | undefined) => {
    const param = name === undefined ? undefined : params[name];
    return param === undefined ? piece : `<span data-value="${name}">${param.value}</span>`;
  });
