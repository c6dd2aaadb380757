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
