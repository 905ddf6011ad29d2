import { Unstorable } from './errors.ts'

/** The streams of a ledger that shares its server with nobody: each co-op's, and the ledger's own. */
const ownPrefixes = ['coop-', 'ledger']

/** How a ledger's streams are called on a server that may hold other ledgers' and other programs' streams too. */
export class Names {
  /** Which streams a subscription asks for. */
  readonly prefixes: string[]
  readonly #prefix: string

  /** `prefix` stands before every name on the server; without one, only the streams of co-ops and `ledger` are ours. */
  constructor(prefix: string) {
    this.#prefix = prefix
    this.prefixes = prefix === '' ? ownPrefixes : [prefix]
  }

  /** A stream's name on the server; throws Unstorable for one that could not be read back as ours. */
  onServer(stream: string): string {
    const name = this.#prefix + stream
    if (name.startsWith('$') || this.ours(name) !== stream) {
      throw new Unstorable('stream', `${stream} is not a name of this ledger's streams`)
    }
    return name
  }

  /** The ledger's name of a stream on the server; undefined for one that is not the ledger's. */
  ours(name: string): string | undefined {
    return this.prefixes.some(prefix => name.startsWith(prefix)) ? name.slice(this.#prefix.length) : undefined
  }
}
