/** What programs print, the same each time: Korean, colours, lines that are drawn over. About 85 bytes a line. */
export const realisticOutput = (lines: number): Buffer => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const all = Array.from({ length: lines }, (_, line) => {
    const bar = '█'.repeat(random(20));
    const colour = `\x1b[${31 + random(6)}m`;
    return `${colour}주문 ${line}\x1b[0m 파티션 ${random(3)} 오프셋 ${random(99_999)} 진행 10%\x1b[3D${random(90)}% ${bar}\x1b[K\r\n`;
  });
  return Buffer.from(all.join(''));
};

/** As many bytes in few rows, all of which a screen's history keeps: a colour for each character. 250 bytes a line. */
export const denseOutput = (lines: number): Buffer => {
  const letters = [...'가나다라마바사아자차카타'];
  const all = Array.from({ length: lines }, (_, line) => {
    const coloured = letters.map((letter, index) => {
      const [red, green] = [(line * 7 + index) % 256, (line + index * 31) % 256];
      return `\x1b[38;2;${red};${green};200m${letter}`;
    });
    return `주문 ${line} ${coloured.join('')}\x1b[0m\r\n`;
  });
  return Buffer.from(all.join(''));
};
