import { expect, test } from 'vitest'
import { CODE_BYTES, codeOf, normalisedCode } from '../../src/http/access-code.ts'
import { secretAccess } from '../../src/http/access-secret.ts'

test('a code is five groups of five, without letters that are misread', () => {
  const code = codeOf(Uint8Array.from({ length: CODE_BYTES }, (_, index) => index * 11))
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/)
})

test('a code is known again however it was read out and typed', () => {
  expect(normalisedCode('k7q2m 9xbt4-ohz3r.vw5yc_lndsp')).toBe('K7Q2M9XBT40HZ3RVW5YC1NDSP')
})

test('a secret code lets in the code itself and nothing else', async () => {
  const access = secretAccess('K7Q2M-9XBT4-0HZ3R-VW5YC')
  expect(await access?.matches('k7q2m 9xbt4 ohz3r vw5yc')).toBe(true)
  for (const wrong of ['', 'K7Q2M-9XBT4-0HZ3R-VW5Y', 'K7Q2M-9XBT4-0HZ3R-VW5YCC']) {
    expect(await access?.matches(wrong), wrong).toBe(false)
  }
})

test('without a secret, or with one of fewer than twenty letters and figures, there is no access', () => {
  for (const secret of [undefined, '', '-'.repeat(30), 'K7Q2M-9XBT4-0HZ3R-VW5Y']) {
    expect(secretAccess(secret), secret).toBeUndefined()
  }
})
