// What the model and its parts share. Nothing here comes from the program.

/** One stored event as the log gives it. */
export type Row = {
  position: number
  stream: string
  revision: number
  id: string
  type: string
  version: number
  recordedAt: string
  actor: string
  commandId: string
  inputHash: string
  correlationId: string
  causationId: string
  hash: string
  data: string
}
type Line = { account: string; debit?: string; credit?: string; fund?: string }
export type Booked = {
  number: string
  date: string
  lines: Line[]
  review: { person?: string; preparer?: string }
  reverses?: string
}
/** The payloads of all events together: which fields are there depends on the type. */
export type Facts = {
  voucher?: Booked
  kind: 'restricted' | 'held' | 'grant'
  form: 'money' | 'goods'
  version: number
  withheld?: string[][]
  allows: string[]
  item: string[]
} & Record<
  | 'fund'
  | 'month'
  | 'purpose'
  | 'run'
  | 'award'
  | 'request'
  | 'declared'
  | 'programme'
  | 'period'
  | 'no'
  | 'budget'
  | 'resolution'
  | 'registerShares'
  | 'quarter'
  | 'person',
  string
> &
  Record<'members' | 'outsiders' | 'items' | 'holdings', string[][]>

/** Fen of "1234.56". */
export const fenOf = (text: string | undefined): number => (text === undefined ? 0 : Number(text.replace('.', '')))

export const sum = (list: readonly number[]): number => list.reduce((total, each) => total + each, 0)

/** Throws when a promise of the ledger is broken. */
export function must(holds: boolean, promise: string): asserts holds {
  if (!holds) throw new Error(`broken: ${promise}`)
}
