import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/domain/events.ts'
import { createCodec } from '../../src/store/codec.ts'
import { hashOf } from '../../src/store/hash.ts'
import type { Envelope } from '../../src/store/port.ts'

const frozen = JSON.parse(readFileSync(new URL('fixtures/donation-received-v1.json', import.meta.url), 'utf8')) as {
  previousHash: string
  event: Envelope
}

describe('an event written by an older version of the program', () => {
  it('keeps its bytes, so that its hash still verifies', () => {
    expect(hashOf(frozen.previousHash, frozen.event)).toBe(frozen.event.hash)
  })

  it('is read in the shape of today, and satisfies the schema of today', () => {
    const data = createCodec(catalogue).decodeStrictly(frozen.event) as Record<string, unknown>
    expect(data.donor).toEqual({ organisation: '山腰街道示范超市' })
    expect(data.mayBeNamed).toBe(true)
    expect(data.amount).toBe('5000.00')
  })

  it('does not make a donor of version 1 who gave no name nameable', () => {
    const unnamed = { ...frozen.event, data: frozen.event.data.replace('"donor":"山腰街道示范超市"', '"donor":"匿名"') }
    const data = createCodec(catalogue).decode(unnamed) as Record<string, unknown>
    expect(data.donor).toEqual({ anonymous: true })
    expect(data.mayBeNamed).toBe(false)
  })
})
