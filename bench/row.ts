/** One line of the table; `ratio` and `peer` are null where there is nothing to compare with, or it is not here. */
export type Row = {
  id: string
  what: string
  ours: number | null
  peer: number | null
  /** What the peer is; if it is absent, that it is. */
  against: string
  unit: string
  /** Ours over the peer's (or the other way round for `times faster`), as `what` says. */
  ratio: number | null
  /** What is to be reached; null where nothing was set, and the figure is only reported. */
  floor: number | null
  better: 'higher' | 'lower'
  /** What else was seen in the same run. */
  note?: string
}

/** What every measurement gets: how many events a million stands for, and a folder that is removed afterwards. */
export type Bench = {
  readonly events: number
  readonly folder: string
  /** Says what is being done, on standard error. */
  readonly say: (text: string) => void
  readonly wanted: (id: string) => boolean
  /** The server of `EVENTSTORE_URL`, if one is set. */
  readonly eventStore?: string | undefined
}

/** Two rates or times side by side; `ratio` is ours over the peer's unless given. */
export function compared(row: Omit<Row, 'ratio'> & { ratio?: number }): Row {
  const { ours, peer } = row
  const ratio = row.ratio ?? (ours === null || peer === null ? null : ours / peer)
  return { ...row, ours: rounded(ours), peer: rounded(peer), ratio: rounded(ratio) }
}

/** Whether the floor is one of our own figure, in the row's unit, and not of a ratio. */
export const isLimit = ({ ratio, peer, against }: Row): boolean =>
  ratio === null && peer === null && against === 'a limit'

/** Whether a row reaches its floor; undefined where it could not be measured or has none. */
export function reaches(row: Row): boolean | undefined {
  const { ratio, ours, floor, better } = row
  const value = ratio ?? (isLimit(row) ? ours : null)
  if (value === null || floor === null) return undefined
  return better === 'higher' ? value >= floor : value <= floor
}

const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(3)))
