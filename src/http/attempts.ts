const FREE = 3
const LONGEST_S = 15 * 60
const FORGET_MS = 60 * 60_000
const MOST = 10_000

const MOST_AT_ONCE = 16

type Record = { failures: number; pending: number; last: number; blockedUntil: number }

/** Wrong access codes by network address: three are free, then each doubles the wait, up to a quarter of an hour. */
export type Attempts = {
  /** Gives the seconds still to wait, 0 when a try may be made; each try ends with `succeed` or `fail`. */
  begin(address: string): number
  succeed(address: string): void
  fail(address: string): void
}

/** Nobody has tried yet. Never locks for ever: an hour's rest wipes the slate. */
export function createAttempts(clock: () => number): Attempts {
  const records = new Map<string, Record>()
  return {
    begin(address) {
      const now = clock()
      const record = fresh(records.get(address), now)
      if (record.blockedUntil > now) return Math.ceil((record.blockedUntil - now) / 1000)
      // Checking a code takes a while on purpose: several requests with the right one may be under way together.
      if (record.pending >= MOST_AT_ONCE) return 1
      record.pending += 1
      record.last = now
      keep(address, record)
      return 0
    },
    succeed(address) {
      records.delete(address)
    },
    fail(address) {
      const now = clock()
      const record = fresh(records.get(address), now)
      record.pending = Math.max(0, record.pending - 1)
      record.failures += 1
      record.last = now
      const wait = record.failures < FREE ? 0 : Math.min(2 ** (record.failures - FREE), LONGEST_S)
      record.blockedUntil = now + wait * 1000
      keep(address, record)
    },
  }

  function keep(address: string, record: Record): void {
    records.delete(address)
    records.set(address, record)
    if (records.size > MOST) records.delete(records.keys().next().value!)
  }
}

function fresh(record: Record | undefined, now: number): Record {
  return record && now - record.last < FORGET_MS ? record : { failures: 0, pending: 0, last: now, blockedUntil: 0 }
}
