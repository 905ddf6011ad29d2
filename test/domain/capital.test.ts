import fc from 'fast-check'
import { expect, test } from 'vitest'
import { capitalAmount } from '../../src/domain/capital.ts'
import { MAX_FEN, yuan } from '../../src/domain/money.ts'

// 会计基础工作规范 art. 52 and 支付结算办法 annex 1.
const VECTORS: [string, string][] = [
  ['0.00', '零元整'],
  ['0.05', '伍分'],
  ['0.10', '壹角整'],
  ['10.00', '壹拾元整'],
  ['12000.00', '壹万贰仟元整'],
  ['1409.50', '壹仟肆佰零玖元伍角整'],
  ['6007.14', '陆仟零柒元壹角肆分'],
  ['1680.32', '壹仟陆佰捌拾元零叁角贰分'],
  ['107000.53', '壹拾万柒仟元零伍角叁分'],
  ['16409.02', '壹万陆仟肆佰零玖元零贰分'],
  ['325.04', '叁佰贰拾伍元零肆分'],
  ['100000001.00', '壹亿零壹元整'],
  ['1000010000.00', '壹拾亿零壹万元整'],
  ['-50.00', '负伍拾元整'],
]

test.each(VECTORS)('%s is written %s', (amount, text) => {
  expect(capitalAmount(amount)).toBe(text)
})

test('every amount can be read back from its 大写', () => {
  fc.assert(
    fc.property(fc.integer({ min: -MAX_FEN, max: MAX_FEN }), fen => {
      expect(readCapital(capitalAmount(yuan(fen)))).toBe(fen)
    }),
    { numRuns: 500 },
  )
})

test('整 never follows 分 and 零 never stands twice in a row', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: MAX_FEN }), fen => {
      expect(capitalAmount(yuan(fen))).not.toMatch(/分整|零零|零元.角|零[万亿]/)
    }),
    { numRuns: 500 },
  )
})

// Written from the rules of reading, not from the writer: 零 means nothing, a place multiplies the digit before it.
function readCapital(text: string): number {
  const negative = text.startsWith('负')
  const [whole = '', rest = ''] = text.includes('元')
    ? text.replace('负', '').split('元')
    : ['', text.replace('负', '')]
  const jiao = /(.)角/.exec(rest)?.[1]
  const cent = /(.)分/.exec(rest)?.[1]
  const fen = readWhole(whole) * 100 + digit(jiao) * 10 + digit(cent)
  return negative ? -fen : fen
}

function readWhole(text: string): number {
  for (const [unit, size] of [
    ['亿', 100_000_000],
    ['万', 10_000],
  ] as const) {
    const [high, low] = text.split(unit)
    if (low !== undefined) return readWhole(high ?? '') * size + readWhole(low)
  }
  let sum = 0
  let last = 0
  for (const character of text) {
    const place = { 拾: 10, 佰: 100, 仟: 1000 }[character]
    if (place) sum += last * place
    last = place ? 0 : digit(character)
  }
  return sum + last
}

const digit = (character: string | undefined): number => Math.max(0, '零壹贰叁肆伍陆柒捌玖'.indexOf(character ?? '零'))
