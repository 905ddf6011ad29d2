import { holdsLedger } from '../../src/cli/offices.ts'
import { verifyDirectory } from '../../src/cli/verify.ts'
import { catalogue } from '../../src/domain/events.ts'
import { openOffice } from '../../src/office-node.ts'
import { createCodec } from '../../src/store/codec.ts'
import { openNodeSql } from '../../src/store/sql-node.ts'
import { SqliteStore } from '../../src/store/sqlite.ts'
import { PEOPLE } from '../http/people.ts'
import { CORE, NOW, runCore } from './core.ts'

const MOST = 10_000

/** The command ids in the log, in order and once each, and the numbers of its vouchers. */
export function stored(directory: string): { commands: string[]; numbers: string[] } {
  if (!holdsLedger(directory)) return { commands: [], numbers: [] }
  const sql = openNodeSql(`${directory}/ledger.db`)
  try {
    const codec = createCodec(catalogue)
    const events = new SqliteStore(sql).page(0, MOST)
    const numbers = events.flatMap(event => {
      const { voucher } = codec.decode(event) as { voucher?: { number: string } }
      return voucher ? [voucher.number] : []
    })
    return { commands: [...new Set(events.map(({ commandId }) => commandId))], numbers }
  } finally {
    sql.close()
  }
}

/** What is wrong with a directory after a crash: nothing acknowledged may be missing, and every chain and table must hold. */
export async function faultAfterCrash(directory: string, acknowledged: readonly string[]): Promise<string | undefined> {
  const { commands, numbers } = stored(directory)
  const lost = acknowledged.filter(id => !commands.includes(id))
  if (lost.length > 0) return `acknowledged and lost: ${lost.join(', ')}`
  if (commands.length > acknowledged.length + 1) return `stored ${commands.length}, acknowledged ${acknowledged.length}`
  if (commands.some((id, index) => id !== CORE[index]?.commandId)) return `stored in another order: ${commands}`
  const gap = gapIn(numbers)
  if (gap) return gap
  // Opening brings up what a crash during the very first start left half made.
  openOffice(directory, { now: () => NOW }).close()
  const { finding } = await verifyDirectory(directory, { logOnly: false })
  return finding && JSON.stringify(finding)
}

/** What is wrong once every command was sent again: each must be there once, as in a run that nothing disturbed. */
export async function faultAfterResend(directory: string): Promise<string | undefined> {
  await runCore(directory)
  const { commands, numbers } = stored(directory)
  if (commands.length !== CORE.length) return `${commands.length} of ${CORE.length} commands after sending all again`
  const office = openOffice(directory, { now: () => NOW })
  try {
    const shown = office.vault.resolve('M00004')
    const expected = { ...PEOPLE[3], bankAccount: '6222020000000000001' }
    if (JSON.stringify(shown) !== JSON.stringify(expected)) return `M00004 is ${JSON.stringify(shown)}`
  } finally {
    office.close()
  }
  return gapIn(numbers)
}

/** Numbers run from 1 without a gap in every month. */
function gapIn(numbers: readonly string[]): string | undefined {
  const last = new Map<string, number>()
  for (const number of numbers) {
    const [, month = '', order = ''] = /^(\d{4}-\d{2})-记-(\d+)$/.exec(number) ?? []
    const expected = (last.get(month) ?? 0) + 1
    if (Number(order) !== expected) return `number ${number} where ${expected} is due`
    last.set(month, expected)
  }
  return undefined
}
