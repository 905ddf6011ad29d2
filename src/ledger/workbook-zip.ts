import { inflateRawSync } from 'node:zlib'
import { BadWorkbook, isWorkbook } from './workbook.ts'
import { DEFLATED, packedBytes, STORED, type ZipEntry, zipEntries } from './zip-entries.ts'

const MB = 1024 * 1024
const MOST_BYTES = 20 * MB
const MOST_ENTRIES = 200
const MOST_ENTRY = 30 * MB
const MOST_SUM = 60 * MB
const MOST_RATIO = 100
/** Below this size nothing is a bomb, and empty parts compress beyond any ratio. */
const SMALL = 100 * 1024
const UNWANTED = /(^|\/)vbaProject\.bin$|\.(zip|xlsx|xlsm|xls|docx|pptx|jar|gz|7z|rar)$/i

/**
 * Refuses, from its directory alone, an archive that is no workbook or could harm: too many or too large parts, a zip
 * bomb, paths that leave it, macros, archives in it, encryption.
 */
export function checkArchive(bytes: Uint8Array): void {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    throw new BadWorkbook('这是旧格式的 .xls 或加了密码的工作簿；请在 Excel 里去掉密码，另存为 .xlsx。')
  if (!isWorkbook(bytes)) throw new BadWorkbook('这不是 Excel 工作簿（.xlsx）。')
  if (bytes.length > MOST_BYTES) throw new BadWorkbook('工作簿超过 20 MB，请分成几个文件。')
  const entries = entriesOf(bytes)
  const names = new Set(entries.map(({ name }) => name))
  if (names.size < entries.length) throw new BadWorkbook('工作簿里有重名的部分，不能打开。')
  if (!names.has('[Content_Types].xml') || !names.has('xl/workbook.xml'))
    throw new BadWorkbook('这个压缩包不是 Excel 工作簿（.xlsx）。')
  for (const entry of entries) checkEntry(entry)
  const sum = entries.reduce((all, { size }) => all + size, 0)
  if (sum > MOST_SUM) throw new BadWorkbook('工作簿解压后超过 60 MB，不予打开。')
}

/** Inflates every part of a checked archive no further than its directory says; throws where one says less than it holds. */
export function checkSizes(bytes: Uint8Array): void {
  for (const entry of entriesOf(bytes)) {
    const { name, method, packed, size } = entry
    const data = packedBytes(bytes, entry)
    if (!data) throw broken()
    if (method === STORED && packed !== size) throw new BadWorkbook(`工作簿的 ${name} 大小不符，不予打开。`)
    if (method === STORED) continue
    try {
      inflateRawSync(data, { maxOutputLength: Math.max(size, 1) })
    } catch {
      throw new BadWorkbook(`工作簿的 ${name} 解压后比目录里写的大，或已损坏，不予打开。`)
    }
  }
}

function checkEntry({ name, method, encrypted, packed, size }: ZipEntry): void {
  if (name.startsWith('/') || name.includes('\\') || name.includes(':') || name.split('/').includes('..'))
    throw new BadWorkbook('工作簿里有指向外面的路径，不予打开。')
  if (UNWANTED.test(name)) throw new BadWorkbook(`工作簿里有宏或嵌套的文件（${name.slice(-40)}），请另存为普通 .xlsx。`)
  if (encrypted || (method !== STORED && method !== DEFLATED))
    throw new BadWorkbook('工作簿加了密码，或用了不认识的压缩方法，请另存为普通 .xlsx。')
  if (size > MOST_ENTRY) throw new BadWorkbook('工作簿的一个部分解压后超过 30 MB，不予打开。')
  if (size > SMALL && size > packed * MOST_RATIO) throw new BadWorkbook('工作簿压缩得异常紧（像压缩炸弹），不予打开。')
}

function entriesOf(bytes: Uint8Array): ZipEntry[] {
  const entries = zipEntries(bytes)
  if (!entries) throw broken()
  if (entries.length > MOST_ENTRIES) throw new BadWorkbook('工作簿里的部分太多（超过 200 个），不予打开。')
  return entries
}

const broken = (): BadWorkbook => new BadWorkbook('工作簿不完整或已损坏，请重新保存。')
