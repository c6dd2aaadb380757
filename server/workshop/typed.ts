/**
 * Text that a person typed, without what would hide or change it: no control characters, and nothing
 * that is there and cannot be seen, as the fillers of Hangul and the blank of Braille. What turns a sign
 * into an emoji (U+FE0F) stands only beside what is seen.
 */
export const TYPED =
  /^(?!(?:\s|\uFE0F)*$)(?:[^\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]|\uFE0F)*$/u;
