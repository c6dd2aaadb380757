/** Why the hub does not do what a page asks, for people: what to do. */
import type { Refusal } from './protocol.ts';

export const REFUSALS: Readonly<Record<Exclude<Refusal, 'another-class'>, string>> = {
  'bad-message': '페이지가 보낸 내용을 이해할 수 없습니다. 페이지를 새로 고쳐 주세요.',
  'wrong-code': '참가 코드가 맞지 않습니다. 화면에 보이는 코드를 다시 확인해 주세요.',
  'too-many-codes':
    '이 네트워크에서 틀린 참가 코드가 너무 많이 들어왔습니다. 1분 뒤에 다시 하거나, 강사의 QR 코드나 참가 링크로 들어와 주세요.',
  'too-many': '한꺼번에 너무 많은 사람이 들어오고 있습니다. 잠시 뒤에 다시 해 주세요.',
  'too-much':
    '하루에 보낼 수 있는 만큼을 모두 보내, 수업에 더 기록되지 않습니다. 강사에게 알려 주세요.',
  expired: '참가 코드의 기한이 지났습니다. 강사에게 새 코드를 받아 주세요.',
  unknown: '이 수업에 참가하고 있지 않습니다. 참가 코드로 다시 들어와 주세요.',
  closed: '강사가 수업을 닫았습니다.',
  removed: '강사가 이 수업에서 내보냈습니다. 다시 들어오려면 강사에게 참가 코드를 받아 주세요.',
  full: '수업에 더 들어올 수 있는 자리가 없습니다. 강사에게 알려 주세요.',
  'not-yours': '이 페이지에서는 할 수 없는 일입니다.',
};

/** @param open what the class is called that is led now. */
export const sayAnotherClass = (open: string): string =>
  `지금 열려 있는 것은 다른 수업 ‘${open}’입니다. 참가하던 수업은 다시 열리면 저절로 이어집니다.`;

/** To the presenter, whose class was closed. @param command as it is given to a shell. */
export const sayAgain = (command: string): string =>
  `터미널에서 같은 명령으로 다시 열면 이어집니다: ${command}`;
