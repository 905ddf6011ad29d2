import { readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { makeBackup } from '../../src/cli/backup.ts'
import { noteHead } from '../../src/cli/heads.ts'
import { restoreBackup } from '../../src/cli/restore.ts'
import { openAccess } from '../../src/http/access-node.ts'
import { PEOPLE } from '../http/people.ts'
import { COOP, type Fault, NOW, runCore } from './core.ts'
import { working } from './place.ts'

// A process whose every write is recorded: `power-program.ts FOLDER [FAULT]` begins books there, gives the core commands,
// publishes, forgets, backs up and restores, and says each thing when it is done.
const [, , folder = '', fault] = process.argv
const [books, backup] = [join(folder, 'books'), join(folder, 'backups', 'first.db')]
const said = (text: string) => writeSync(1, `${text}\n`)

await runCore(books, said, fault as Fault | undefined)
await working(books, office => {
  noteHead(books, office, COOP)
  said('published')
  // The page with everybody's names is written once more, so that the write-ahead log holds them too.
  const details = { ...PEOPLE[1], bankAccount: '6222020000000000002' }
  office.vault.absorb('M00002', office.vault.reseal('M00002', details).identity)
  office.vault.destroyIdentity('M00003')
  said('forgotten')
})
await openAccess(books)
said(`access ${readFileSync(join(books, 'access.json'), 'utf8').trim()}`)
await makeBackup(books, backup, () => NOW)
said('backed-up')
await restoreBackup(backup, join(folder, 'restored'), { heads: [], now: () => NOW })
said('restored')
