import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { restoreBackup } from '../../src/cli/restore.ts'
import { readHeads } from '../../src/directory-node.ts'
import { PEOPLE } from '../http/people.ts'
import { COOP, CORE, NOW } from './core.ts'
import { faultAfterCrash } from './crash-check.ts'
import { working } from './place.ts'

const EVERYBODY = CORE.findIndex(({ name }) => name === 'AdmitMembers')
const [, , FORGOTTEN] = PEOPLE

/** What is wrong with a folder of `power-program.ts` after a power cut, given what the program had said until then. */
export async function faultAfterCut(folder: string, said: readonly string[]): Promise<string | undefined> {
  const books = join(folder, 'books')
  const left = said.includes('forgotten') && holding(folder, FORGOTTEN.name)
  if (left) return `${left} still holds who was forgotten`
  const acknowledged = said.filter(text => text.startsWith('core-'))
  const found = (await faultAfterCrash(books, acknowledged)) ?? (await faultInPersons(books, said))
  if (found) return found
  if (said.includes('published') && !readHeads(books)[`coop-${COOP}`]) return 'the published head is lost'
  if (lockedOut(books, said)) return 'the access code that was shown is lost'
  return (await faultInBackup(folder, said)) ?? (await faultInRestored(folder, said))
}

/** The file in which a name can still be read. */
function holding(folder: string, name: string): string | undefined {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
    statSync(join(folder, file)).isFile(),
  )
  return files.find(file => readFileSync(join(folder, file)).includes(name))
}

function faultInPersons(books: string, said: readonly string[]): Promise<string | undefined> {
  return working(books, ({ vault }) => {
    const admitted = said.includes(CORE[EVERYBODY]!.commandId)
    if (admitted && !('name' in vault.resolve('M00001'))) return 'M00001 has no name'
    const gone = 'forgotten' in vault.resolve('M00003')
    return said.includes('forgotten') && !gone ? 'M00003 is known again' : undefined
  })
}

/** What an access code is checked by is there once the code was shown, and never half. */
function lockedOut(books: string, said: readonly string[]): boolean {
  const shown = said.find(text => text.startsWith('access '))?.slice('access '.length)
  const file = join(books, 'access.json')
  if (!existsSync(file)) return shown !== undefined
  const kept = JSON.parse(readFileSync(file, 'utf8')) as unknown
  return shown !== undefined && JSON.stringify(kept) !== shown
}

/** A backup that has its name is whole, even when nobody was told that it was made. */
async function faultInBackup(folder: string, said: readonly string[]): Promise<string | undefined> {
  const [file, again] = [join(folder, 'backups', 'first.db'), join(folder, 'again')]
  if (!existsSync(file)) return said.includes('backed-up') ? 'the backup is lost' : undefined
  await restoreBackup(file, again, { heads: [], now: () => NOW })
  const found = (await faultAfterCrash(again, ids)) ?? (await faultInPersons(again, said))
  rmSync(again, { recursive: true })
  return found && `restored from the backup: ${found}`
}

async function faultInRestored(folder: string, said: readonly string[]): Promise<string | undefined> {
  if (!said.includes('restored')) return undefined
  const restored = join(folder, 'restored')
  const found = (await faultAfterCrash(restored, ids)) ?? (await faultInPersons(restored, said))
  return found && `restored before: ${found}`
}

const ids = CORE.map(({ commandId }) => commandId)
