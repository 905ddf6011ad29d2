/** Printed for a character that the font lacks (缺字符号). */
export const MISSING_MARK = '〓'

/**
 * Pairs of a CJK radical supplement and the ideograph it looks like, for those that can stand as a character of
 * their own (Unicode, EquivalentUnifiedIdeograph). Text copied out of other PDFs carries them in names.
 */
const RADICAL_PAIRS =
  '⺁厂⺍小⺒巳⺓幺⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺩王⺪疋⺫目⺬示⺯糹⺱罓⺺肀⺻聿⺼肉⻁虎⻃覀⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞' +
  '⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟'

const radicals = new Map<string, string>()
for (let i = 0; i < RADICAL_PAIRS.length; i += 2) radicals.set(RADICAL_PAIRS[i]!, RADICAL_PAIRS[i + 1]!)

const RADICAL = /[\u2e80-\u2fdf]/g

/** Controls, soft hyphens, zero-width and bidirectional marks, variation selectors: no ink, only trouble. */
const INVISIBLE = /[\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu

const SPACE = /[\t\n\v\f\r\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f]/g

/** What nearly every text consists of, and needs nothing done to it. */
const ALL_PLAIN = /^[\x20-\x7e¥·×—‘’“”…\u3000-\u303f\u3400-\u9fff\uff01-\uff5e]*$/

/** One line of text as it can be printed: spaces for line breaks, ideographs for radicals, nothing invisible. */
export function printable(text: string): string {
  if (ALL_PLAIN.test(text)) return text
  return text
    .toWellFormed()
    .replace(SPACE, ' ')
    .replace(INVISIBLE, '')
    .replace(RADICAL, radical => radicals.get(radical) ?? radical.normalize('NFKC'))
}
