import { catalogue } from '../domain/events.ts'
import { checkBeginning, checkLog, type HeldHead, type LogRead, readLog, restoreLog } from '../ledger/import-log.ts'
import { createCodec } from '../store/codec.ts'
import { EventStoreDbStore } from '../store/eventstoredb.ts'
import { NoteStreams, type Notes } from '../store/eventstoredb-notes.ts'
import type { ServerAddress } from '../store/eventstoredb-url.ts'
import { linesOf } from './import-log.ts'
import { progress } from './progress.ts'

/** The notes from which the nodes draw the numbers of new persons. */
const NUMBERS = 'numbers'

/**
 * Writes an exported log to an empty ledger on a server, command by command; nothing is written when the file is refused
 * (BadLog), and after a failure of the server the same call goes on where it stopped. Persons' keys do not come along, and
 * their codes are given to nobody else.
 */
export async function importLogToServer(
  file: string,
  { url, prefix }: ServerAddress,
  heads: readonly HeldHead[],
): Promise<LogRead> {
  const codec = createCodec(catalogue)
  const lots = () => readLog(linesOf(file), codec)
  const read = checkLog(linesOf(file), codec, heads)
  const store = new EventStoreDbStore(url, { prefix })
  const notes = new NoteStreams(url, prefix, { chance: () => 0.5 })
  const shown = progress('导入日志', read.events)
  try {
    await checkBeginning(store, lots())
    await reserveNumbers(notes, Math.max(0, ...[...read.persons].map(code => Number(code.slice(1)))))
    await restoreLog(store, lots, { onProgress: shown.to })
    return read
  } finally {
    shown.end()
    await notes.close()
    await store.close()
  }
}

async function reserveNumbers(notes: Notes, last: number): Promise<void> {
  for (;;) {
    const found = await notes.read(NUMBERS)
    const latest = found === 'deleted' ? undefined : found.at(-1)
    const reached = (latest?.data as { last: number } | undefined)?.last ?? 0
    if (reached >= last || found === 'deleted') return
    if (await notes.write(NUMBERS, latest?.revision ?? -1, { last, drawn: 'import' })) return
  }
}
