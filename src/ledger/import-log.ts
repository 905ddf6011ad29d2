import { checkAppend } from '../store/append-check.ts'
import type { Codec } from '../store/codec.ts'
import { headAfter } from '../store/codec.ts'
import { StoreError } from '../store/errors.ts'
import { hashOf } from '../store/hash.ts'
import { type EventStore, emptyHead, type Head, type NewEvent } from '../store/port.ts'
import { eventId } from '../store/uuid.ts'
import { BadLog, type LogLine, readLine } from './import-log-lines.ts'

/** The fingerprint of an event as somebody holds it on paper (its hash or the beginning of it): the log must contain it. */
export type HeldHead = { stream: string; hash: string }
/** What a log holds: events, where each stream ends, and the codes of the persons it names. */
export type LogRead = { events: number; heads: Record<string, Head>; persons: Set<string> }
/** The events of one command, and the line the first stands on. */
export type LogLot = { line: number; events: NewEvent[] }

/**
 * Reads an exported log (NDJSON, one envelope a line) and checks all of it: form, schema, order, chain. Gives the commands'
 * events one after another; throws BadLog naming the first line that is wrong.
 */
export function* readLog(lines: Iterable<string>, codec: Codec): Generator<LogLot> {
  const heads = new Map<string, Head>()
  const commands = new Map<string, number>()
  for (const lot of lotsOf(lines)) {
    const { line, event: first } = lot[0]!
    const name = JSON.stringify([first.stream, first.commandId])
    const before = commands.get(name)
    if (before) throw new BadLog('LogOutOfOrder', line, `命令 ${first.commandId} 的事件不在一处（见第 ${before} 行）`)
    commands.set(name, line)
    const events = lot.map((each, index) => {
      const event = chained(each, index, heads.get(first.stream) ?? emptyHead, codec)
      heads.set(first.stream, headAfter(event))
      return event
    })
    unreadableUnless(line, () => checkAppend(first.stream, first.revision - 1, events, first.commandId))
    yield { line, events }
  }
}

/** Checks a whole exported log, and that it contains the held fingerprints, without writing anything; throws BadLog. */
export function checkLog(lines: Iterable<string>, codec: Codec, held: readonly HeldHead[] = []): LogRead {
  const read: LogRead = { events: 0, heads: {}, persons: new Set() }
  const missing = new Set(held)
  for (const { events } of readLog(lines, codec)) {
    for (const event of events) {
      read.events += 1
      read.heads[event.stream] = headAfter(event)
      for (const [, code] of event.data.matchAll(/"(M\d{5,9})"/g)) read.persons.add(code!)
      for (const head of missing) {
        if (head.stream === event.stream && event.hash.startsWith(head.hash)) missing.delete(head)
      }
    }
  }
  if (read.events === 0) throw new BadLog('LogUnreadable', 1, '文件里没有事件')
  for (const { stream, hash } of missing)
    throw new BadLog('LogCut', 0, `文件里没有 ${stream} 的指纹 ${hash}，它被截短过，或落后于已公开的指纹`)
  return read
}

/**
 * Appends a log that has been checked to a store, command by command as they were given, envelopes and hashes unchanged.
 * The store must be empty or hold a part of the same log, from a try that was interrupted: what is there is passed over.
 * Rejects with BadLog (NotEmpty) when it holds anything else. `atOnce`: commands under way together, for a store that
 * keeps their order.
 */
export async function restoreLog(
  store: EventStore,
  lots: () => Iterable<LogLot>,
  { atOnce = 1, onProgress = (_: number) => {} } = {},
): Promise<void> {
  await checkBeginning(store, lots())
  let events = 0
  let running: Promise<unknown>[] = []
  for (const lot of lots()) {
    const { stream, revision, commandId } = lot.events[0]!
    running.push(store.append(stream, revision - 1, lot.events, { commandId }))
    events += lot.events.length
    if (running.length < atOnce) continue
    await Promise.all(running)
    running = []
    onProgress(events)
  }
  await Promise.all(running)
  onProgress(events)
}

/** Refuses (BadLog NotEmpty) a store that holds anything but events of this log. */
export async function checkBeginning(store: EventStore, lots: Iterable<LogLot>): Promise<void> {
  let hashes: Set<string> | undefined
  for await (const { stream, hash } of store.readAll()) {
    hashes ??= hashesOf(lots)
    if (!hashes.has(hash))
      throw new BadLog('NotEmpty', 0, `账本不是空的（已有 ${stream} 的其他事件），日志只能导入空的账本`)
  }
}

function hashesOf(lots: Iterable<LogLot>): Set<string> {
  const hashes = new Set<string>()
  for (const { events } of lots) for (const { hash } of events) hashes.add(hash)
  return hashes
}

// Lines that follow each other with the same stream and command are one append.
function* lotsOf(lines: Iterable<string>): Generator<LogLine[]> {
  let lot: LogLine[] = []
  let number = 0
  for (const written of lines) {
    number += 1
    const read = readLine(written, number)
    const before = lot[0]?.event
    if (before && (before.stream !== read.event.stream || before.commandId !== read.event.commandId)) {
      yield lot
      lot = []
    }
    lot.push(read)
  }
  if (lot.length > 0) yield lot
}

function chained({ line, event }: LogLine, index: number, head: Head, codec: Codec): NewEvent {
  const { stream, revision } = event
  if (revision !== head.revision + 1) {
    const reason = `${stream} 第 ${head.revision} 号之后是第 ${revision} 号：有行被删去、重复或换了次序`
    throw new BadLog('LogOutOfOrder', line, reason)
  }
  if (hashOf(head.hash, event) !== event.hash)
    throw new BadLog('LogAltered', line, `${stream} 第 ${revision} 号的内容与哈希不符，被改动过`)
  if (event.recordedAt < head.recordedAt)
    throw new BadLog('LogOutOfOrder', line, `${stream} 第 ${revision} 号的记录时间早于前一条`)
  if (event.id !== eventId(event.commandId, index))
    throw new BadLog('LogUnreadable', line, '事件编号不是由命令编号得来的')
  const payload = unreadableUnless(line, () => codec.decodeStrictly(event))
  return { ...event, previousHash: head.hash, payload }
}

function unreadableUnless<T>(line: number, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof StoreError) throw new BadLog('LogUnreadable', line, error.message)
    throw error
  }
}
