import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { unzipped } from '../ledger/archive-unzip.ts'
import { zipped } from '../ledger/export-zip.ts'
import { makeFolder } from '../store/disk-node.ts'
import type { Archive } from './archive.ts'
import { CliError } from './output.ts'

/** Archives with names are for their owner alone. */
const OWNER_FILE = 0o600
const OWNER_FOLDER = 0o700

/** Refuses (CliError OutTaken) a directory that holds something: an archive is never mixed with other files. */
export function checkFree(out: string): void {
  if (out.endsWith('.zip') || !existsSync(out)) return
  if (!statSync(out).isDirectory() || readdirSync(out).length > 0)
    throw new CliError('OutTaken', `${out} 已经有内容；请用 --out 写一个新的或空的目录，或以 .zip 结尾的文件。`)
}

/** Writes an archive as a ZIP file or a directory, whole or not at all. */
export function writeArchive(out: string, { files, about }: Archive): void {
  const beside = `${out}.${process.pid}.part`
  makeFolder(dirname(out))
  try {
    if (out.endsWith('.zip')) {
      writeFileSync(beside, zipped(files), about.names ? { mode: OWNER_FILE } : {})
    } else {
      mkdirSync(beside, about.names ? { mode: OWNER_FOLDER } : {})
      for (const [path, content] of files) {
        makeFolder(dirname(join(beside, path)))
        writeFileSync(join(beside, path), content)
      }
      if (existsSync(out)) rmdirSync(out)
    }
    renameSync(beside, out)
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

/** The files of an archive on disk, a directory or a ZIP file, by path. */
export function readArchive(from: string): Map<string, Uint8Array> {
  if (!statSync(from).isDirectory()) return unzipped(readFileSync(from), from)
  const found = readdirSync(from, { recursive: true, withFileTypes: true }).filter(entry => !entry.isDirectory())
  return new Map(
    found.map(entry => {
      const path = join(entry.parentPath, entry.name)
      return [relative(from, path).split(sep).join('/'), readFileSync(path)]
    }),
  )
}
