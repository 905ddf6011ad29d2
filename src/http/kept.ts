import { z } from 'zod'
import { isBlobName } from '../store/blobs.ts'
import type { House } from './house.ts'
import { Problem } from './problem.ts'

const attaching = z.object({ documents: z.array(z.object({ hash: z.string() })) })
const importing = z.object({ file: z.string() })

/** Refuses a command that names a file which is not kept here: the ledger would point to nothing for ever. */
export function requireKept({ blobs }: House, command: string, body: unknown): void {
  const missing = namedIn(command, body).find(hash => isBlobName(hash) && !blobs.has(hash))
  if (missing === undefined) return
  throw new Problem(422, 'DocumentNotKept', `文件 ${missing.slice(0, 12)} 还没有上传；请先上传，再附到凭证后面。`)
}

function namedIn(command: string, body: unknown): string[] {
  if (command === 'AttachDocuments') return attaching.safeParse(body).data?.documents.map(({ hash }) => hash) ?? []
  const file = command === 'ImportBankStatement' ? importing.safeParse(body).data?.file : undefined
  return file === undefined ? [] : [file]
}
