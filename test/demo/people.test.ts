import { expect, test } from 'vitest'
import { demoClock } from '../../src/demo/clock.ts'
import { settlement } from '../../src/demo/people/households.ts'
import { chanceOf } from '../../src/demo/random.ts'
import { checkIdNumber } from '../../src/ledger/id-number.ts'

const place = () => settlement(chanceOf('test'), { region: '999001', prefix: 'YG' })

test('an invented ID number begins with 999, has a valid check digit, holds the birth date, and is nobody else’s', () => {
  const people = place().households(800)
  for (const { idNumber, birth } of people) {
    expect(idNumber).toMatch(/^999/)
    expect(checkIdNumber(idNumber)).toMatchObject({ valid: true, birthDate: birth })
  }
  expect(new Set(people.map(({ idNumber }) => idNumber)).size).toBe(800)
})

test('households are filled to the exact number of people, and each person has a name of their own', () => {
  const people = place().households(501)
  expect(people).toHaveLength(501)
  expect(new Set(people.map(({ name }) => name)).size).toBe(501)
})

test('a settlement has old people, grown people and children', () => {
  const births = place()
    .households(600)
    .map(({ birth }) => birth)
  expect(births.filter(birth => birth < '1965').length).toBeGreaterThan(60)
  expect(births.filter(birth => birth >= '1965' && birth < '2007').length).toBeGreaterThan(200)
  expect(births.filter(birth => birth >= '2007').length).toBeGreaterThan(40)
})

test('the same seed invents the same people, another seed others', () => {
  const again = (seed: string) => settlement(chanceOf(seed), { region: '999001', prefix: 'YG' }).households(20)
  expect(again('1')).toEqual(again('1'))
  expect(again('2')).not.toEqual(again('1'))
})

test('random bytes and numbers follow from the seed alone', () => {
  expect([...chanceOf('a').bytes(40)]).toEqual([...chanceOf('a').bytes(40)])
  expect([...chanceOf('a').bytes(40)]).not.toEqual([...chanceOf('b').bytes(40)])
  const chance = chanceOf('range')
  const numbers = Array.from({ length: 500 }, () => chance.int(3, 7))
  expect(new Set(numbers)).toEqual(new Set([3, 4, 5, 6, 7]))
})

test('the demonstration’s clock stands at nine in Shanghai and goes forward only', () => {
  const clock = demoClock('2025-01-01')
  clock.set('2025-03-05')
  expect(clock.now()).toBe('2025-03-05T01:00:00.000Z')
  expect(() => clock.set('2025-03-04')).toThrow('goes forward')
})
