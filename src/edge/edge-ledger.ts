import { type Answer, Ledger, type LedgerPorts, type Request } from '../ledger/ledger.ts'
import { VaultError } from '../ledger/vault.ts'
import type { Enrolment } from './enrolment.ts'

/** Commands after which the directory has something to learn. */
const TOLD: ReadonlySet<string> = new Set(['EstablishCoop', 'AdmitMembers', 'RegisterPersons', 'ChangeMemberDetails'])

type EdgePorts = LedgerPorts & { enrolment: Pick<Enrolment, 'prepare'>; tell: () => Promise<void> }

/** The ledger of a co-op whose persons have numbers that other co-ops share: asks before it decides, tells afterwards. */
export class EdgeLedger extends Ledger {
  readonly #edge: EdgePorts

  constructor(ports: EdgePorts) {
    super(ports)
    this.#edge = ports
  }

  override async executeTogether(requests: readonly Request[]): Promise<Answer[]> {
    const prepared: (() => void)[] = []
    try {
      for (const { name, body } of requests) prepared.push(await this.#edge.enrolment.prepare(name, body))
      return await this.#decided(requests)
    } catch (error) {
      if (error instanceof VaultError) return [{ refusal: { code: error.code, message: error.message } }]
      throw error
    } finally {
      for (const release of prepared) release()
    }
  }

  async #decided(requests: readonly Request[]): Promise<Answer[]> {
    const answers = await super.executeTogether(requests)
    if (requests.some(({ name }) => TOLD.has(name))) await this.#edge.tell()
    return answers
  }
}
