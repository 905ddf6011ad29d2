import { describe, expect, onTestFinished, test } from 'vitest'
import { openNodeVault } from '../../src/ledger/vault-node.ts'
import { personCode, VaultReplica } from '../../src/ledger/vault-replica.ts'
import { SharedVault, sharedLedgerKey } from '../../src/ledger/vault-shared.ts'
import { NoteStreams } from '../../src/store/eventstoredb-notes.ts'
import { serverAddress } from '../../src/store/eventstoredb-url.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { ACTOR } from '../support/coop.ts'
import { COOP, INVENTED, invented } from '../support/ledger.ts'
import { SERVERS, type Server } from './nodes.ts'

const now = () => '2025-12-30T02:00:00.000Z'
let drawn = 0
const random = (bytes: number) => Uint8Array.from({ length: bytes }, (_, index) => (drawn++ * 31 + index * 7) % 256)

/** One node's part of the vault. */
async function part(server: Server) {
  const { url, prefix } = serverAddress(server.url)
  const notes = new NoteStreams(url, prefix, { chance: () => 0.5, deadline: 2_000, backOff: [10, 100] })
  onTestFinished(() => notes.close())
  const ledgerKey = await sharedLedgerKey(notes, random)
  const sql = openNodeSql(':memory:')
  onTestFinished(() => sql.close())
  const replica = new VaultReplica(sql, ledgerKey, now)
  const vault = openNodeVault(sql, replica, { random, now })
  return { notes, ledgerKey, replica, vault, shared: new SharedVault({ notes, replica, ledgerKey, random }) }
}

const admission = (body: unknown) => [{ coop: COOP, name: 'AdmitMembers', body, actor: ACTOR, commandId: 'c' }]

describe.each(SERVERS)('the shared vault on %s', (_, server) => {
  test('has one ledger key, however many nodes begin at once', async () => {
    const at = await server()
    const parts = await Promise.all([part(at), part(at), part(at)])
    expect(new Set(parts.map(({ ledgerKey }) => Buffer.from(ledgerKey).toString('hex'))).size).toBe(1)
  })

  test('gives a person whom many nodes bring at once one code', async () => {
    const at = await server()
    const parts = await Promise.all([part(at), part(at), part(at), part(at)])
    await Promise.all(parts.map(({ shared }) => shared.prepare(admission(invented()))))
    const codes = parts.map(({ vault }) => vault.enrol({ name: '王某某', idNumber: INVENTED }).code)
    expect(new Set(codes).size).toBe(1)
    const [first, second] = parts.map(({ vault }) => vault)
    const sealed = first?.sealText(codes[0] ?? '', '病')
    expect(second?.openText(codes[0] ?? '', sealed ?? '')).toBe('病')
  })

  test('keeps no code for a command that cannot be read, and refuses whom it was not told of', async () => {
    const { shared, vault } = await part(await server())
    ;(await shared.prepare(admission({ members: 'none' })))()
    expect(() => vault.enrol({ name: '王某某', idNumber: INVENTED })).toThrow(/not prepared/)
    expect(() => vault.enrol({ name: '王某某' })).toThrow(/not prepared/)
  })

  test('forgets reasons and phones for every node that comes later, and keeps the name', async () => {
    const at = await server()
    const [one, two] = [await part(at), await part(at)]
    await one.shared.prepare(admission(invented()))
    const { code, identity } = one.vault.enrol({ name: '王某某', idNumber: INVENTED })
    const reason = one.vault.sealText(code, '病')
    await one.shared.forget({ code, what: 'sensitive' })
    await two.shared.learn([code])
    two.vault.absorb(code, identity)
    expect(two.vault.resolve(code)).toEqual({ name: '王某某', idNumber: INVENTED })
    expect(() => two.vault.openText(code, reason)).toThrow(expect.objectContaining({ code: 'PersonForgotten' }))
    expect(await one.notes.read(code)).toMatchObject([{ revision: 1, data: { sensitiveKey: null } }])
  })

  test('forgets a person wholly: no key is left, the number is free, and the code is never given again', async () => {
    const at = await server()
    const [one, two] = [await part(at), await part(at)]
    await one.shared.prepare(admission(invented()))
    const { code, identity } = one.vault.enrol({ name: '王某某', idNumber: INVENTED })
    await one.shared.forget({ code, what: 'identity' })
    await one.shared.forget({ code, what: 'identity' })
    expect(await one.notes.read(code)).toBe('deleted')
    await two.shared.learn([code])
    two.vault.absorb(code, identity)
    expect(two.vault.resolve(code)).toEqual({ forgotten: true })
    await two.shared.prepare(admission(invented()))
    const again = two.vault.enrol({ name: '王某某', idNumber: INVENTED }).code
    expect(again).toBe(personCode(Number(code.slice(1)) + 1))
  })
})
