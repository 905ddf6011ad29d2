import { Unreadable } from '../store/errors.ts'
import type { Notes } from '../store/eventstoredb-notes.ts'
import { checkIdNumber } from './id-number.ts'
import type { Request } from './ledger.ts'
import { changedNumber, newcomers } from './newcomers.ts'
import type { Destroyed } from './vault-catch-up.ts'
import { open, seal, sealNonceBytes } from './vault-cipher.ts'
import { personCode, type SharedPerson, type VaultReplica } from './vault-replica.ts'
import { macOf } from './vault-sqlite.ts'

export type SharedVaultPorts = {
  notes: Notes
  replica: VaultReplica
  ledgerKey: Uint8Array
  /** Random bytes, for keys. */
  random: (bytes: number) => Uint8Array
}

type PersonNote = { identityKey: string; sensitiveKey: string | null; idMac: string | null; identity?: string }
/** A person who was enrolled by name alone: no event carries the name, so the nodes give it to each other, sealed. */
export type Named = { code: string; identity: string }

const KEY_BYTES = 32
const AT_ONCE = 16
const NUMBERS = 'numbers'

/** What the nodes of a ledger share of the vault: who has which code, and the keys. Details travel in the log, sealed. */
export class SharedVault {
  readonly #ports: SharedVaultPorts
  /** Persons without an ID number that commands on their way may bring. */
  #promised = 0
  #coming = 0
  #last = 0
  #lastRevision = -1

  constructor(ports: SharedVaultPorts) {
    this.#ports = ports
  }

  /**
   * Makes every person these commands bring known to all nodes, with one code each; the returned function is to be called
   * when the commands are decided. Rejects with Unavailable.
   */
  async prepare(requests: readonly Request[]): Promise<() => void> {
    const persons = requests.flatMap(newcomers)
    const numbers = persons.flatMap(({ idNumber }) => (idNumber === undefined ? [] : [checkIdNumber(idNumber)]))
    const macs = new Set(numbers.filter(({ valid }) => valid).map(({ idNumber }) => this.#mac(idNumber)))
    const changed = requests.flatMap(changedNumber).map(idNumber => this.#mac(idNumber))
    await inLots([...macs, ...changed], mac => this.#find(mac))
    const missing = [...macs].filter(mac => this.#ports.replica.codeOf(mac) === undefined)
    const nameless = persons.filter(({ idNumber }) => idNumber === undefined).length
    this.#promised += nameless
    let settled = false
    const release = () => {
      if (!settled) this.#promised -= nameless
      settled = true
    }
    try {
      await this.#enrol(missing)
      return release
    } catch (error) {
      release()
      throw error
    }
  }

  /** Takes in who is named in the log and not known here; gives those whose name no event tells. Rejects with Unavailable. */
  async learn(codes: Iterable<string>): Promise<Named[]> {
    const unknown = [...new Set(codes)].filter(code => this.#ports.replica.person(code) === undefined)
    const persons = await inLots(unknown, code => this.#read(code))
    this.#ports.replica.add(...persons.filter(person => person !== undefined))
    return persons.flatMap(person => {
      if (!person) return []
      return person.identity === undefined ? [] : [{ code: person.code, identity: person.identity }]
    })
  }

  /** New persons, known by name alone, for every node. Rejects with Unavailable. */
  async enrolNames(names: readonly string[]): Promise<Named[]> {
    if (names.length === 0) return []
    const first = await this.#draw(names.length)
    const persons = await inLots(names, (name, index) => this.#create(personCode(first + index), undefined, name))
    this.#ports.replica.add(...persons)
    return persons.map(({ code, identity = '' }) => ({ code, identity }))
  }

  /** Makes a person be found by the ID number in newly recorded details, unless somebody else is already. */
  async claim(code: string, identity: string): Promise<void> {
    const known = this.#ports.replica.person(code)
    if (!known?.identityKey) return
    const { idNumber } = JSON.parse(open(known.identityKey, code, 'identity', identity)) as { idNumber?: string }
    if (idNumber === undefined) return
    const mac = this.#mac(idNumber)
    if (mac !== known.idMac && this.#ports.replica.codeOf(mac) === undefined) await this.#take(mac, code)
  }

  /** Destroys keys for all nodes; each destroys its own when it reads in the log that the person is forgotten. */
  async forget({ code, what }: Destroyed): Promise<void> {
    const { notes, replica } = this.#ports
    const found = await notes.read(code)
    const last = found === 'deleted' ? undefined : found.at(-1)
    if (!last) return
    const person = last.data as PersonNote
    if (what === 'sensitive') {
      const written = await notes.write(code, last.revision, { ...person, sensitiveKey: null })
      if (!written) return this.forget({ code, what })
      return notes.truncate(code, last.revision + 1)
    }
    const macs = new Set([person.idMac, replica.person(code)?.idMac])
    for (const mac of macs) if (mac) await this.#release(mac, code)
    await notes.remove(code)
  }

  // Codes are drawn before anything is written, so that many persons take one step of the sequence.
  async #enrol(macs: readonly string[]): Promise<void> {
    const { replica } = this.#ports
    const spare = Math.max(0, this.#promised - replica.reserved() - this.#coming)
    if (macs.length + spare === 0) return
    this.#coming += spare
    try {
      const first = await this.#draw(macs.length + spare)
      const lost: string[] = []
      const persons = await inLots([...macs, ...Array<undefined>(spare)], async (mac, index) => {
        const person = await this.#create(personCode(first + index), mac)
        if (mac === undefined || (await this.#take(mac, person.code)) === person.code) return person
        // Another node was first with this number: its code stands, and ours is nobody's.
        await this.#ports.notes.remove(person.code)
        lost.push(mac)
        return undefined
      })
      replica.keep(persons.filter(person => person !== undefined))
      await inLots(lost, mac => this.#find(mac))
    } finally {
      this.#coming -= spare
    }
  }

  /** The first of so many numbers that nobody else gets. */
  async #draw(count: number): Promise<number> {
    for (;;) {
      const read = await this.#ports.notes.read(NUMBERS, this.#lastRevision + 1)
      if (read === 'deleted') throw new Unreadable('vault', '成员码的序列在服务器上被删除')
      for (const { revision, data } of read) {
        this.#last = (data as { last: number }).last
        this.#lastRevision = revision
      }
      const [first, after] = [this.#last + 1, this.#lastRevision]
      const drawn = Buffer.from(this.#ports.random(12)).toString('base64url')
      if (await this.#ports.notes.write(NUMBERS, after, { last: this.#last + count, drawn })) return first
    }
  }

  async #create(code: string, idMac: string | undefined, name?: string): Promise<SharedPerson & { identity?: string }> {
    const { random } = this.#ports
    const [identityKey, sensitiveKey] = [random(KEY_BYTES), random(KEY_BYTES)]
    const details = JSON.stringify({ name })
    const sealed =
      name === undefined ? {} : { identity: seal(identityKey, random(sealNonceBytes), code, 'identity', details) }
    const person = { code, idMac: idMac ?? null, identityKey, sensitiveKey, ...sealed }
    const note = {
      ...sealed,
      identityKey: written(identityKey),
      sensitiveKey: written(sensitiveKey),
      idMac: person.idMac,
    }
    if (await this.#ports.notes.write(code, -1, note)) return person
    throw new Unreadable(code, '成员码在服务器上已有别人的密钥')
  }

  async #read(code: string): Promise<(SharedPerson & { identity?: string }) | undefined> {
    const notes = await this.#ports.notes.read(code)
    if (notes === 'deleted') return { code, idMac: null, identityKey: null, sensitiveKey: null }
    const note = notes.at(-1)?.data as PersonNote | undefined
    if (!note) return undefined
    const sensitiveKey = note.sensitiveKey === null ? null : read(note.sensitiveKey)
    const named = note.identity === undefined ? {} : { identity: note.identity }
    return { code, idMac: note.idMac, identityKey: read(note.identityKey), sensitiveKey, ...named }
  }

  /** Takes in the person of this number if the nodes know one. */
  async #find(mac: string): Promise<void> {
    const { notes, replica } = this.#ports
    if (replica.codeOf(mac) !== undefined) return
    const found = await notes.read(`id-${mac}`)
    const code =
      found === 'deleted' ? null : ((found.at(-1)?.data as { code: string | null } | undefined)?.code ?? null)
    const person = code === null ? undefined : await this.#read(code)
    if (person?.identityKey) replica.add({ ...person, idMac: mac })
  }

  /** Gives a number to a code if nobody has it; the code that has it. */
  async #take(mac: string, code: string): Promise<string> {
    for (;;) {
      const found = await this.#ports.notes.read(`id-${mac}`)
      if (found === 'deleted') throw new Unreadable('vault', '证件号的索引在服务器上被删除')
      const last = found.at(-1)
      const holder = (last?.data as { code: string | null } | undefined)?.code ?? null
      if (holder !== null) return holder
      if (await this.#ports.notes.write(`id-${mac}`, last?.revision ?? -1, { code })) return code
    }
  }

  async #release(mac: string, code: string): Promise<void> {
    const found = await this.#ports.notes.read(`id-${mac}`)
    const last = found === 'deleted' ? undefined : found.at(-1)
    if (!last || (last.data as { code: string | null }).code !== code) return
    if (await this.#ports.notes.write(`id-${mac}`, last.revision, { code: null }))
      await this.#ports.notes.truncate(`id-${mac}`, last.revision + 1)
  }

  #mac(idNumber: string): string {
    return macOf(this.#ports.ledgerKey, 'id-number', idNumber)
  }
}

/** The ledger's key, which the first node draws and all others read. Rejects with Unavailable. */
export async function sharedLedgerKey(notes: Notes, random: (bytes: number) => Uint8Array): Promise<Uint8Array> {
  for (;;) {
    const found = await notes.read('key')
    if (found === 'deleted') throw new Unreadable('vault', '账本密钥在服务器上被删除')
    const note = found[0]?.data as { key: string } | undefined
    if (note) return read(note.key)
    await notes.write('key', -1, { key: written(random(KEY_BYTES)) })
  }
}

async function inLots<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const lot = items.slice(from, from + AT_ONCE)
    results.push(...(await Promise.all(lot.map((item, index) => work(item, from + index)))))
  }
  return results
}

const written = (key: Uint8Array): string => Buffer.from(key).toString('base64')
const read = (key: string): Uint8Array => new Uint8Array(Buffer.from(key, 'base64'))
