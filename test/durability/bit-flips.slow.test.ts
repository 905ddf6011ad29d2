import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyDirectory } from '../../src/cli/verify.ts'
import { openOffice } from '../../src/office-node.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { SqliteStore } from '../../src/store/sqlite.ts'
import { COOP, NOW, runCore } from './core.ts'
import { folder } from './place.ts'

const FLIPS = 400
const SEED = 20_251_230
/** Bytes of a payload that tell it from the others, and about as many as its row has before it. */
const BEGINNING = 60
const FIELDS = 300
const place = folder()
const [BOOKS, COPY] = [place.path('books'), place.path('copy')]
let bytes: Buffer
let events: string[]

beforeAll(async () => {
  await runCore(BOOKS)
  bytes = readFileSync(`${BOOKS}/ledger.db`)
  events = storedEvents(BOOKS) as string[]
})
afterAll(() => place.gone())

describe(`${FLIPS} single bits flipped anywhere in the log's file`, () => {
  test('are found by verify wherever they touch an event, and never end in a crash or a wrong answer', async () => {
    const random = randomFrom(SEED)
    const tally = { touching: 0, foundInLog: 0, foundInTables: 0, unseen: 0 }
    for (let index = 0; index < FLIPS; index++) {
      const bit = index % 2 === 0 ? Math.floor(random() * bytes.length * 8) : bitNearAnEvent(random)
      flip(bit)
      const touched = !same(storedEvents(COPY), events)
      const { finding } = await verifyDirectory(COPY, { logOnly: false })
      if (touched) tally.touching += 1
      tally[finding ? (finding.kind === 'event' ? 'foundInLog' : 'foundInTables') : 'unseen'] += 1
      expect(touched && finding?.kind !== 'event', `bit ${bit} changes an event unseen`).toBe(false)
      expect(touched && (await served(COPY)), `bit ${bit} is served`).toBe(false)
    }
    console.log(`${FLIPS} bit flips (seed ${SEED}): ${JSON.stringify(tally)}`)
    expect(tally.touching).toBeGreaterThan(FLIPS / 3)
  })
})

/** Lays out a fresh copy of the books with one bit of the log's file the other way round. */
function flip(bit: number): void {
  const damaged = Buffer.from(bytes)
  damaged[bit >> 3]! ^= 1 << (bit & 7)
  cpSync(BOOKS, COPY, { recursive: true })
  writeFileSync(`${COPY}/ledger.db`, damaged)
}

/** A bit of some event's row: its payload, or the fields before it. */
function bitNearAnEvent(random: () => number): number {
  const { data } = JSON.parse(events[Math.floor(random() * events.length)]!) as { data: string }
  const at = bytes.indexOf(data.slice(0, BEGINNING))
  return Math.floor((at - FIELDS + random() * (FIELDS + Math.min(data.length, FIELDS))) * 8)
}

/** Every event as text, or why they cannot be read. */
function storedEvents(directory: string): string[] | string {
  try {
    const sql = openNodeSql(`${directory}/ledger.db`)
    try {
      return new SqliteStore(sql).page(0, 10_000).map(event => JSON.stringify(event))
    } finally {
      sql.close()
    }
  } catch (error) {
    return String(error)
  }
}

const same = (one: string[] | string, other: string[]): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Whether a program that opens the directory would decide commands on it. */
async function served(directory: string): Promise<boolean> {
  try {
    const office = openOffice(directory, { now: () => NOW })
    try {
      return (await office.ledger.head(COOP)).revision >= 0
    } finally {
      office.close()
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return false
  }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
