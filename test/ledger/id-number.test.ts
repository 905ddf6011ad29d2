import { describe, expect, test } from 'vitest'
import { checkIdNumber } from '../../src/ledger/id-number.ts'

describe('a citizen’s number', () => {
  test.each([
    ['11010519491231002X', '1949-12-31'],
    ['440524188001010014', '1880-01-01'],
  ])('%s, the standard’s own example, is valid and tells the birth date', (idNumber, birthDate) => {
    expect(checkIdNumber(idNumber)).toEqual({ valid: true, idNumber, birthDate })
  })

  test('is read in full width, with spaces and with a small x', () => {
    const written = checkIdNumber('１１０１０５ 19491231 002ｘ')
    expect(written).toEqual({ valid: true, idNumber: '11010519491231002X', birthDate: '1949-12-31' })
  })

  test('is invalid after any single digit changed', () => {
    const idNumber = '11010519491231002X'
    for (let place = 0; place < 17; place++) {
      const digit = String((Number(idNumber[place]) + 1) % 10)
      const changed = idNumber.slice(0, place) + digit + idNumber.slice(place + 1)
      expect(checkIdNumber(changed).valid, changed).toBe(false)
    }
  })

  test.each([
    ['of 15 digits', '110105491231002'],
    ['of 19 digits', '11010519491231002X1'],
    ['with an X in the middle', '1101051949123100X2'],
    ['with a birth date that does not exist', '110105194902300020'],
    ['with a thirteenth month', '110105194913010029'],
    ['that is empty', ''],
    ['beginning with zero', '010105194912310026'],
  ])('%s is invalid, and tells no birth date', (_, text) => {
    expect(checkIdNumber(text)).not.toHaveProperty('birthDate')
    expect(checkIdNumber(text).valid).toBe(false)
  })
})
