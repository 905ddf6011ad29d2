import { describe, expect, test } from 'vitest'
import { printable } from '../../reports/kit/characters.ts'
import { createFonts } from '../../reports/kit/fonts.ts'
import { loadFonts } from '../../reports/kit/fonts-node.ts'

describe('text is made printable before it is drawn', () => {
  test('a Kangxi radical copied out of another PDF becomes the ideograph it stands for', () => {
    expect(printable('\u2f45\u2f8f\u2f08')).toBe('方行人')
  })

  test('a radical of the supplement that can be a character becomes that character', () => {
    expect(printable('\u2ed4\u2ef0\u2ed3')).toBe('门龙长')
  })

  test('zero-width, bidirectional and control characters and variation selectors leave no trace', () => {
    expect(printable('张\u200b三\u202e丰\u{e0100}\u0007\ufeff')).toBe('张三丰')
  })

  test('line breaks and odd spaces become one plain space each', () => {
    expect(printable('甲\n乙\t丙\u00a0丁')).toBe('甲 乙 丙 丁')
  })

  test('half a surrogate pair cannot reach the file', () => {
    expect(printable('a\ud842b').isWellFormed()).toBe(true)
  })

  test('ordinary names, amounts and punctuation stay as they are', () => {
    const text = '欧阳䶮𠅤㛃 ¥1,234.56（壹仟）——“收据”〔2025〕3号…'
    expect(printable(text)).toBe(text)
  })
})

describe('the fonts cover what a register holds', () => {
  const { regular, bold } = loadFonts()

  test.each([...'䶮𠅤㛃堃喆昇珺玥仝亓禤龑燊〓〔〕¥×—…'])('both weights have %s', character => {
    const codePoint = character.codePointAt(0)!
    expect([regular.has(codePoint), bold.has(codePoint)]).toEqual([true, true])
  })

  test('a character outside the fonts is known to be missing', () => {
    expect(regular.has('𠮷'.codePointAt(0)!)).toBe(false)
  })

  test('digits are of one width, so that columns of money line up', () => {
    expect(new Set([...'0123456789'].map(digit => bold.width(digit))).size).toBe(1)
  })

  test('bytes that are no TrueType font are refused', () => {
    expect(() => createFonts(new Uint8Array(64), new Uint8Array(64))).toThrow(/no table/)
  })
})
