import { endsAsZip, zipEntries } from './zip-entries.ts'

export type DocumentKind = 'pdf' | 'jpeg' | 'png' | 'ofd' | 'xml'

/** A file that cannot be kept as an original, with a sentence that says what to do. */
export class DocumentRefused extends Error {
  readonly code: 'DocumentTooLarge' | 'DocumentKindUnknown' | 'DocumentMixed' | 'DocumentUnsafe' | 'DocumentBroken'

  constructor(code: DocumentRefused['code'], message: string) {
    super(message)
    this.name = 'DocumentRefused'
    this.code = code
  }
}

/** The most an original may be, in bytes: 10 MiB. */
export const MOST_BYTES = 10_485_760
const MOST_ENTRIES = 2000

/**
 * What kind of original a file is, told by its content and never by its name: PDF, JPEG, PNG, OFD (GB/T 33190) or XML.
 * Throws DocumentRefused for anything else, for a file that is two kinds at once, and for one cut short.
 */
export function documentKind(bytes: Uint8Array): DocumentKind {
  if (bytes.length > MOST_BYTES)
    throw new DocumentRefused('DocumentTooLarge', '文件超过 10 MB；请压缩图片或分成几个文件。')
  const kind = begun(bytes)
  if (kind === undefined)
    throw new DocumentRefused('DocumentKindUnknown', '只收 PDF、JPEG、PNG、OFD 和 XML 文件；请先转换成其中一种。')
  if (kind !== 'ofd' && endsAsZip(bytes)) throw mixed('压缩包')
  if (kind !== 'pdf' && has(bytes.subarray(0, 1024), '%PDF-')) throw mixed('PDF')
  CHECKS[kind](bytes)
  return kind
}

/** The media type a kind is served as. */
export const MEDIA_TYPES: Readonly<Record<DocumentKind, string>> = {
  pdf: 'application/pdf',
  jpeg: 'image/jpeg',
  png: 'image/png',
  ofd: 'application/ofd',
  xml: 'application/xml',
}

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

function begun(bytes: Uint8Array): DocumentKind | undefined {
  if (startsWith(bytes, ascii('%PDF-'))) return 'pdf'
  if (startsWith(bytes, Uint8Array.of(0xff, 0xd8, 0xff))) return 'jpeg'
  if (startsWith(bytes, PNG)) return 'png'
  if (startsWith(bytes, ascii('PK\u0003\u0004'))) return 'ofd'
  return startsWith(withoutMark(bytes), ascii('<')) ? 'xml' : undefined
}

const CHECKS: Record<DocumentKind, (bytes: Uint8Array) => void> = {
  pdf: checkPdf,
  jpeg: checkJpeg,
  png: checkPng,
  ofd: checkOfd,
  xml: checkXml,
}

function checkPdf(bytes: Uint8Array): void {
  const tail = latin(bytes.subarray(-1024))
  const end = tail.lastIndexOf('%%EOF')
  if (end < 0) throw broken('PDF')
  if (!/^[\s\0]*$/.test(tail.slice(end + 5))) throw mixed('别的内容')
}

// Cameras put data of their own behind the picture's end, so only the way there is walked.
function checkJpeg(bytes: Uint8Array): void {
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!
    if (marker === 0xda) {
      if (lastIndexOfEnd(bytes) > at) return
      break
    }
    at += marker === 0xff ? 1 : 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!)
  }
  throw broken('JPEG')
}

function lastIndexOfEnd(bytes: Uint8Array): number {
  for (let at = bytes.length - 2; at > 0; at--) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return at
  return -1
}

function checkPng(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = PNG.length
  while (at + 12 <= bytes.length) {
    const type = latin(bytes.subarray(at + 4, at + 8))
    at += 12 + view.getUint32(at)
    if (type !== 'IEND') continue
    if (at === bytes.length) return
    if (at < bytes.length) throw mixed('别的内容')
  }
  throw broken('PNG')
}

function checkOfd(bytes: Uint8Array): void {
  const entries = zipEntries(bytes)
  if (!entries) throw broken('OFD')
  const names = entries.map(({ name }) => name.replaceAll('\\', '/'))
  if (!names.includes('OFD.xml')) {
    throw new DocumentRefused(
      'DocumentKindUnknown',
      '这是压缩包或 Office 文件，不是 OFD；请另存为 PDF，压缩包请先解开再逐个附上。',
    )
  }
  const strange = names.find(name => name.startsWith('/') || /^[A-Za-z]:/.test(name) || name.split('/').includes('..'))
  if (strange !== undefined || entries.length > MOST_ENTRIES || entries.some(({ encrypted }) => encrypted))
    throw new DocumentRefused('DocumentUnsafe', '这个 OFD 文件的结构不正常，不收；请向开具方重新索取。')
}

const ENCODINGS = ['utf-8', 'gbk', 'gb2312', 'gb18030']

function checkXml(bytes: Uint8Array): void {
  const declared = /^<\?xml[^>]*\bencoding\s*=\s*["']([\w-]+)["']/.exec(latin(withoutMark(bytes).subarray(0, 200)))?.[1]
  const encoding = (declared ?? 'utf-8').toLowerCase()
  if (!ENCODINGS.includes(encoding))
    throw new DocumentRefused('DocumentUnsafe', 'XML 的文字编码只收 UTF-8 和 GBK；请另存后再附。')
  const text = decoded(bytes, encoding)
  // A document type may define entities that unfold without end or read other files; a style sheet may run a program.
  if (/<!DOCTYPE|<!ENTITY|<\?xml-stylesheet/i.test(text)) {
    throw new DocumentRefused(
      'DocumentUnsafe',
      'XML 里有 DTD、实体或样式表声明，不收；请向开具方索取不带这些声明的文件。',
    )
  }
  const body = outside(outside(text, '<!--', '-->'), '<?', '?>').trim()
  const [, root] = /^<([\p{L}_][\p{L}\p{N}_.:-]*)[\s/>]/u.exec(body) ?? []
  if (root === undefined || !(body.endsWith(`</${root}>`) || body.endsWith('/>'))) throw broken('XML')
  if (/^(?:\w+:)?(?:html|svg|script)$/i.test(root) || /www\.w3\.org\/(?:1999\/xhtml|2000\/svg)/.test(text))
    throw new DocumentRefused('DocumentUnsafe', '网页和 SVG 图形不能作为原始凭证；请打印成 PDF 再附。')
}

// What stands outside of all pairs of marks; by steps, because a pattern could take for ever on a file made for it.
function outside(text: string, open: string, close: string): string {
  const kept: string[] = []
  let at = 0
  for (let from = text.indexOf(open); from >= 0; from = text.indexOf(open, at)) {
    kept.push(text.slice(at, from))
    const to = text.indexOf(close, from + open.length)
    if (to < 0) throw broken('XML')
    at = to + close.length
  }
  return kept.join('') + text.slice(at)
}

function decoded(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw broken('XML')
  }
}

const mixed = (what: string): DocumentRefused =>
  new DocumentRefused('DocumentMixed', `文件后面还藏着${what}，不收；请重新导出一份干净的文件。`)

const broken = (kind: string): DocumentRefused =>
  new DocumentRefused('DocumentBroken', `这个 ${kind} 文件不完整或已损坏；请重新导出或重新扫描。`)

const ascii = (text: string): Uint8Array => Uint8Array.from(text, character => character.charCodeAt(0))
const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes)
const has = (bytes: Uint8Array, text: string): boolean => latin(bytes).includes(text)
const startsWith = (bytes: Uint8Array, head: Uint8Array): boolean => head.every((byte, index) => bytes[index] === byte)
const withoutMark = (bytes: Uint8Array): Uint8Array =>
  startsWith(bytes, Uint8Array.of(0xef, 0xbb, 0xbf)) ? bytes.subarray(3) : bytes
