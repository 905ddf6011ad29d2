import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkDigitOf } from '../../src/ledger/id-number.ts'
import { isForgotten, type PersonDetails, type Vault } from '../../src/ledger/vault.ts'
import { openVault } from '../../src/ledger/vault-sqlite.ts'
import { scratchFolder, scratchSql } from '../store/scratch.ts'

const zhang: PersonDetails = {
  name: '张䶮𠅤',
  idNumber: numbered(1),
  bankAccount: '6222020000000000017',
  phone: '13800000000',
}

/** An invented citizen's number: region 999 does not exist. */
function numbered(serial: number): string {
  const digits = `99900119${String(50 + (serial % 40))}0101${String(serial % 1000).padStart(3, '0')}`
  return digits + checkDigitOf(digits)
}

/** Random bytes that a seed repeats. */
function seeded(seed: string): (bytes: number) => Uint8Array {
  let drawn = 0
  return bytes => hash('sha256', `${seed} ${drawn++}`, 'buffer').subarray(0, bytes)
}

function newVault(seed = 'seed', path = join(scratchFolder(), 'vault.db')): Vault {
  const sql = scratchSql(path, { secureDelete: true })
  return openVault(sql, { random: seeded(seed), now: () => '2025-01-01T00:00:00.000Z' })
}

/** Whether any file of the vault holds these bytes. */
function holds(path: string, trace: string | Uint8Array): boolean {
  const bytes = Buffer.from(trace as string)
  return readdirSync(dirname(path)).some(file => readFileSync(join(dirname(path), file)).includes(bytes))
}

describe('enrolling a person', () => {
  test('gives codes in one sequence for the whole ledger', () => {
    const vault = newVault()
    expect(vault.enrol(zhang)).toMatchObject({ code: 'M00001', existed: false })
    expect(vault.enrol({ name: '李四' })).toMatchObject({ code: 'M00002', existed: false })
  })

  test('with an ID number known already gives the same code, however the number is written', () => {
    const vault = newVault()
    const { code } = vault.enrol({ name: '王五', idNumber: '11010519491231002X' })
    expect(vault.enrol({ name: '王五', idNumber: '１１０１０５１９４９１２３１００２ｘ' })).toMatchObject({
      code,
      existed: true,
    })
    expect(vault.findById(' 110105 19491231 002x')).toBe(code)
  })

  test('without an ID number is always a new person, though the names are the same', () => {
    const vault = newVault()
    expect(vault.enrol({ name: '王芳' }).code).not.toBe(vault.enrol({ name: '王芳' }).code)
  })

  test('twice in one batch gives one code', () => {
    const vault = newVault()
    const [one, two] = vault.batch(() => [vault.enrol(zhang), vault.enrol(zhang)])
    expect([one?.code, two?.code, two?.existed]).toEqual(['M00001', 'M00001', true])
  })

  test('in a batch that fails leaves no one behind', () => {
    const vault = newVault()
    const failing = (): void => {
      vault.enrol(zhang)
      throw new Error('no')
    }
    expect(() => vault.batch(failing)).toThrow('no')
    expect(vault.findById(zhang.idNumber ?? '')).toBeUndefined()
    expect(vault.enrol({ name: '李四' }).code).toBe('M00001')
  })

  test('resolves at once, and by name and ID number', () => {
    const vault = newVault()
    const { code } = vault.enrol(zhang)
    expect(vault.resolve(code)).toEqual(zhang)
    expect(vault.findByName('䶮')).toEqual([code])
    expect(vault.findByName('%')).toEqual([])
    expect(vault.findById(zhang.idNumber ?? '')).toBe(code)
  })

  test('of five thousand persons takes under two seconds', () => {
    const vault = newVault()
    const started = performance.now()
    vault.batch(() => {
      for (let serial = 0; serial < 5000; serial++) vault.enrol({ name: `户主${serial}`, phone: '13800000000' })
    })
    expect(performance.now() - started).toBeLessThan(2000)
    expect(vault.enrol({ name: '末位' }).code).toBe('M05001')
  })

  test.each([
    ['a wrong check digit', { name: '甲', idNumber: '110105194912310021' }, 'InvalidIdNumber'],
    ['an empty name', { name: ' ' }, 'InvalidPerson'],
    ['an empty bank account', { name: '甲', bankAccount: '' }, 'InvalidPerson'],
    ['a line break in the phone', { name: '甲', phone: '138\n' }, 'InvalidPerson'],
  ])('with %s is refused without naming the data', (_, details, code) => {
    const vault = newVault()
    const refusal = errorOf(() => vault.enrol(details)) as Error
    expect(refusal).toMatchObject({ code })
    expect(refusal.message).not.toContain('110105')
  })
})

describe('what the vault seals', () => {
  test('shows nothing of what is in it', () => {
    const vault = newVault()
    const { code, identity, sensitive } = vault.enrol(zhang)
    const sealed = [identity, sensitive ?? '', vault.sealText(code, '因病住院，需要照顾')]
    for (const text of sealed) {
      expect(text).toMatch(/^v1\.[A-Za-z0-9_-]+$/)
      const bytes = Buffer.from(text.slice(3), 'base64url')
      for (const plain of [...Object.values(zhang), '因病住院']) expect(bytes.includes(plain)).toBe(false)
    }
  })

  test('keeps the phone apart from the identity, and leaves it out when there is none', () => {
    const vault = newVault()
    expect(vault.enrol({ name: '李四' })).not.toHaveProperty('sensitive')
    expect(vault.enrol(zhang).sensitive).toBeDefined()
  })

  test('is never the same twice, for the same text', () => {
    const vault = newVault()
    const { code } = vault.enrol(zhang)
    expect(vault.sealText(code, '病')).not.toBe(vault.sealText(code, '病'))
  })

  test('opens again for the same person only, and not after one changed character', () => {
    const vault = newVault()
    const [one, two] = [vault.enrol(zhang).code, vault.enrol({ name: '李四' }).code]
    const sealed = vault.sealText(one, '因病 🏥')
    expect(vault.openText(one, sealed)).toBe('因病 🏥')
    expect(() => vault.openText(two, sealed)).toThrow(expect.objectContaining({ code: 'SealBroken' }))
    const altered = `${sealed.slice(0, 20)}${sealed[20] === 'A' ? 'B' : 'A'}${sealed.slice(21)}`
    expect(() => vault.openText(one, altered)).toThrow(expect.objectContaining({ code: 'SealBroken' }))
    expect(() => vault.openText(one, 'v1.AAAA')).toThrow(expect.objectContaining({ code: 'SealBroken' }))
  })

  test('as a phone number does not open as a text', () => {
    const vault = newVault()
    const { code, sensitive } = vault.enrol(zhang)
    expect(() => vault.openText(code, sensitive ?? '')).toThrow(expect.objectContaining({ code: 'SealBroken' }))
  })

  test('is the same for the same seed, codes and all, and another for another seed', () => {
    const story = (vault: Vault): unknown => [vault.enrol(zhang), vault.sealText('M00001', '病'), vault.inputHash('x')]
    expect(story(newVault('one'))).toEqual(story(newVault('one')))
    expect(story(newVault('one'))).not.toEqual(story(newVault('two')))
  })

  test('opens with the vault opened again later', () => {
    const path = join(scratchFolder(), 'vault.db')
    const before = newVault('one', path)
    const { code } = before.enrol(zhang)
    const sealed = before.sealText(code, '病')
    const after = newVault('another seed', path)
    expect(after.openText(code, sealed)).toBe('病')
    expect(after.inputHash('x')).toBe(before.inputHash('x'))
    expect(after.enrol(zhang)).toMatchObject({ code, existed: true })
  })
})

describe('changed details', () => {
  test('are answered only once the event that carries them is taken up', () => {
    const vault = newVault()
    const { code } = vault.enrol(zhang)
    const { identity, sensitive } = vault.reseal(code, {
      ...zhang,
      bankAccount: '6217000000000000',
      phone: '13900000000',
    })
    expect(vault.resolve(code)).toEqual(zhang)
    vault.absorb(code, identity, sensitive)
    expect(vault.resolve(code)).toEqual({ ...zhang, bankAccount: '6217000000000000', phone: '13900000000' })
  })

  test('that name less than is known leave the rest as it is', () => {
    const vault = newVault()
    const { code } = vault.enrol(zhang)
    const again = vault.enrol({ name: '张龑', idNumber: zhang.idNumber ?? '' })
    vault.absorb(code, again.identity, again.sensitive)
    expect(vault.resolve(code)).toEqual({ ...zhang, name: '张龑' })
  })

  test('that bring an ID number make the person found by it, and may not bring another person’s', () => {
    const vault = newVault()
    const { code } = vault.enrol({ name: '李四' })
    vault.absorb(code, vault.reseal(code, { name: '李四', idNumber: numbered(2) }).identity)
    expect(vault.findById(numbered(2))).toBe(code)
    vault.enrol(zhang)
    expect(() => vault.reseal(code, { name: '李四', idNumber: zhang.idNumber ?? '' })).toThrow(
      expect.objectContaining({ code: 'InvalidPerson' }),
    )
  })
})

describe('forgetting', () => {
  test('the sensitive data takes the phone and every sealed text, at once, and leaves the identity', () => {
    const vault = newVault()
    const { code } = vault.enrol(zhang)
    const sealed = vault.sealText(code, '因病')
    vault.destroySensitive(code)
    const { phone: _phone, ...identity } = zhang
    expect(vault.resolve(code)).toEqual(identity)
    for (const use of [
      () => vault.openText(code, sealed),
      () => vault.sealText(code, '又'),
      () => vault.enrol(zhang),
    ]) {
      expect(use).toThrow(expect.objectContaining({ code: 'PersonForgotten' }))
    }
  })

  test('the identity takes the whole person, whom no search finds any more', () => {
    const vault = newVault()
    const { code, identity, sensitive } = vault.enrol(zhang)
    vault.destroyIdentity(code)
    expect(vault.resolve(code)).toEqual({ forgotten: true })
    expect([vault.findByName('张'), vault.findById(zhang.idNumber ?? '')]).toEqual([[], undefined])
    vault.absorb(code, identity, sensitive)
    expect(vault.resolve(code)).toEqual({ forgotten: true })
    expect(vault.enrol(zhang)).toMatchObject({ code: 'M00002', existed: false })
  })

  test('many at once says of each whether it is known', () => {
    const vault = newVault()
    const [one, two] = [vault.enrol(zhang).code, vault.enrol({ name: '李四' }).code]
    vault.destroyIdentity(one)
    const resolved = vault.resolveMany([two, one, 'M99999'])
    expect([...resolved.keys()]).toEqual([two, one, 'M99999'])
    expect([...resolved.values()].map(isForgotten)).toEqual([false, true, true])
  })

  test('an unknown person is refused', () => {
    expect(() => newVault().destroyIdentity('M00001')).toThrow(expect.objectContaining({ code: 'UnknownPerson' }))
  })

  test('leaves neither keys nor data in any of the vault’s files', () => {
    const path = join(scratchFolder(), 'vault.db')
    const sql = scratchSql(path, { secureDelete: true })
    const vault = openVault(sql, { random: seeded('traces'), now: () => '2025-01-01T00:00:00.000Z' })
    const people = Array.from({ length: 800 }, (_, serial) => ({
      name: `唯一之名${serial}号`,
      idNumber: numbered(serial),
      phone: `138${10_000_000 + serial}`,
    }))
    const codes = vault.batch(() => people.map(person => vault.enrol(person).code))
    vault.batch(() => {
      for (const code of codes.filter((_, index) => index % 3 === 0)) {
        vault.absorb(
          code,
          vault.reseal(code, { name: `改名${code}`.repeat(5), bankAccount: `62220${code.slice(1)}`.repeat(3) })
            .identity,
        )
      }
    })
    const forgotten = codes.filter((_, index) => index % 7 === 0)
    const traces = forgotten.flatMap(code => {
      const row = sql.get(
        `SELECT identity_key, sensitive_key, name, id_number, phone, id_mac FROM persons WHERE code = ?`,
        code,
      )
      return Object.values(row ?? {}) as (string | Uint8Array)[]
    })
    expect(traces.every(trace => holds(path, trace))).toBe(true)
    vault.batch(() => {
      for (const code of forgotten) vault.destroyIdentity(code)
    })
    const before = people.filter((_, index) => index % 7 === 0).flatMap(person => Object.values(person))
    expect([...traces, ...before].filter(trace => holds(path, trace))).toEqual([])
  })
})

describe('the hash of a command’s input', () => {
  test('is the same for the same text in one ledger, and another in another ledger', () => {
    const [one, two] = [newVault('one'), newVault('two')]
    expect(one.inputHash('{"a":1}')).toMatch(/^[0-9a-f]{64}$/)
    expect(one.inputHash('{"a":1}')).toBe(one.inputHash('{"a":1}'))
    expect(one.inputHash('{"a":1}')).not.toBe(one.inputHash('{"a":2}'))
    expect(one.inputHash('{"a":1}')).not.toBe(two.inputHash('{"a":1}'))
  })
})

function errorOf(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
