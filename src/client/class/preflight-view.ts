/** Who is ready to start, and who lacks what. */
import type { ParticipantId } from '../../../server/workshop/protocol.ts';
import type { RoomState } from '../../../server/workshop/state.ts';
import { causes, preflight as strings } from '../../strings/class.ts';
import { setText } from '../keep.ts';
import { renderChips } from './chips.ts';
import { createFew } from './few.ts';
import { part } from './parts.ts';
import { type Preflight, preflightOf } from './preflight.ts';
import type { Desk, Filter, View } from './view.ts';

/** As many as are taken in at a glance. */
const MOST = 6;

export const createPreflightView = (root: HTMLElement, desk: Desk): View => {
  const render = createFew<Filter>(part(root, 'lacking'), {
    rest: ({ length }) => strings.rest(length),
    draw: (list, groups) => renderChips(list, desk, groups),
  });
  const card = part(root, 'preflight');
  /** Until somebody has run something, nothing else counts. */
  const settle = ({ participants }: RoomState): void => {
    const hasBegun = Object.values(participants).some(({ steps }) => Object.keys(steps).length > 0);
    const place = part(root, hasBegun ? 'cards' : 'first');
    if (card.parentElement !== place) place.append(card);
  };
  return {
    render: ({ room }) => {
      settle(room);
      const found = preflightOf(room);
      const all = Object.keys(room.participants).length - found.readers.length;
      const isKnown = found.ready.length + found.lacking.length > 0;
      setText(
        part(root, 'ready'),
        isKnown ? strings.summary(found.ready.length, all) : strings.none,
      );
      const { lacking, silent, readers } = found;
      render(
        [
          ...lacking.map(({ key, text, others, people }) => ({
            key: `lacks ${key}`,
            title: causes.cause(people.length, `${text}${causes.others(others)}`),
            people: peopleOf(({ lacking }) => lacking.find((each) => each.key === key)?.people),
          })),
          ...(silent.length === 0 || !isKnown
            ? []
            : [
                {
                  key: 'silent',
                  title: strings.silent(silent.length),
                  people: peopleOf(({ silent }) => silent),
                },
              ]),
          ...(readers.length === 0
            ? []
            : [
                {
                  key: 'readers',
                  title: strings.readers(readers.length),
                  people: peopleOf(({ readers }) => readers),
                },
              ]),
        ],
        MOST,
      );
    },
  };
};

const peopleOf =
  (choose: (found: Preflight) => readonly ParticipantId[] | undefined) =>
  ({ room }: Parameters<View['render']>[0]): readonly ParticipantId[] =>
    choose(preflightOf(room)) ?? [];
