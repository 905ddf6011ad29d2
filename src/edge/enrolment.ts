import { registerCommands as commands, type PersonInput } from '../domain/register/commands.ts'
import { checkIdNumber } from '../ledger/id-number.ts'
import { type Vault, VaultError } from '../ledger/vault.ts'
import { macOf } from '../ledger/vault-sqlite.ts'
import { Unavailable } from '../store/errors.ts'
import type { Directory } from './directory.ts'

type Ports = { directory: Directory; key: Uint8Array; vault: () => Pick<Vault, 'findById'> }

const nothing = (): void => undefined

/** Gets the numbers of one co-op's new persons from the directory before a command is decided, and gives them to its vault. */
export class Enrolment {
  readonly #ports: Ports
  readonly #named = new Map<string, number>()
  readonly #unnamed: number[] = []
  // How many of the unnamed the commands under way count on, and how many have been asked for.
  #needed = 0
  #coming = 0

  constructor(ports: Ports) {
    this.#ports = ports
  }

  /**
   * To be awaited before a command is decided; what it gives is to be called afterwards. Throws Unavailable, or a VaultError
   * for an ID number that is another's.
   */
  async prepare(name: string, body: unknown): Promise<() => void> {
    // What is not written as it must be is refused when it is decided.
    if (name === 'AdmitMembers') {
      const given = commands.AdmitMembers.schema.safeParse(body)
      return given.success ? this.#reserve(given.data.members.map(({ person }) => person)) : nothing
    }
    if (name === 'RegisterPersons') {
      const given = commands.RegisterPersons.schema.safeParse(body)
      return given.success ? this.#reserve(given.data.persons.map(({ person }) => person)) : nothing
    }
    if (name === 'ChangeMemberDetails') {
      const given = commands.ChangeMemberDetails.schema.safeParse(body)
      if (given.success) await this.#checkHolder(given.data.person, given.data.details.idNumber)
    }
    return nothing
  }

  /** The vault's port: the number of a new person, which was reserved. */
  numberOf(idMac: string | undefined): number {
    const number = idMac === undefined ? this.#unnamed.shift() : this.#named.get(idMac)
    if (number === undefined) throw new Unavailable(new Error('no number has been reserved'))
    if (idMac !== undefined) this.#named.delete(idMac)
    return number
  }

  async #reserve(persons: readonly PersonInput[]): Promise<() => void> {
    const added = persons.filter(({ idNumber }) => idNumber === undefined || this.#isNew(idNumber))
    // A refused command leaves the numbers it did not use to the next.
    let spare = Math.max(0, this.#unnamed.length + this.#coming - this.#needed)
    const idMacs = added.flatMap(({ idNumber }) => {
      if (idNumber !== undefined) return [this.#idMac(idNumber)]
      return spare-- > 0 ? [] : [null]
    })
    const unnamed = added.filter(({ idNumber }) => idNumber === undefined).length
    const release = () => {
      this.#needed -= unnamed
    }
    this.#needed += unnamed
    try {
      await this.#ask(idMacs)
    } catch (error) {
      release()
      throw error
    }
    return release
  }

  async #ask(idMacs: readonly (string | null)[]): Promise<void> {
    if (idMacs.length === 0) return
    const unnamed = idMacs.filter(idMac => idMac === null).length
    this.#coming += unnamed
    try {
      const numbers = await asked(this.#ports.directory.numbers(idMacs))
      for (const [index, idMac] of idMacs.entries()) {
        if (idMac === null) this.#unnamed.push(numbers[index]!)
        else this.#named.set(idMac, numbers[index]!)
      }
    } finally {
      this.#coming -= unnamed
    }
  }

  // Two persons, each known by a code of their own, cannot have one ID number.
  async #checkHolder(code: string, idNumber: string | undefined): Promise<void> {
    if (idNumber === undefined || !this.#isNew(idNumber)) return
    const holder = await asked(this.#ports.directory.holder(this.#idMac(idNumber)))
    if (holder === undefined || holder === Number(code.slice(1))) return
    throw new VaultError('InvalidPerson', '此身份证号已属于本平台登记的另一个人，请核对')
  }

  #isNew(idNumber: string): boolean {
    return checkIdNumber(idNumber).valid && this.#ports.vault().findById(idNumber) === undefined
  }

  #idMac(idNumber: string): string {
    return macOf(this.#ports.key, 'id-number', checkIdNumber(idNumber).idNumber)
  }
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw new Unavailable(error)
  }
}
