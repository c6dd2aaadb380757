/**
 * Text that a person typed, without what would hide or change it: no control characters, and nothing
 * that is there and cannot be seen, as the fillers of Hangul and the blank of Braille. What turns a sign
 * into an emoji (U+FE0F) stands only beside what is seen, what joins two into one (U+200D: a
 * family) only between them, and marks are not heaped over the lines above. No character may be read in two
 * ways: anybody may send a text for which a search of all readings would never end.
 */
export const TYPED =
  /^(?!(?:\s|\uFE0F)*$)(?!.*\p{M}{4})(?:[^\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]|\uFE0F|(?<=\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]?)\u200D(?=\p{Extended_Pictographic}))*$/u;

/** What a program told, without what would hide or turn round the words beside it. */
export const legible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, ' ');
