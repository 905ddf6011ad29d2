import PDFDocument from 'pdfkit'
import { printable } from './characters.ts'
import type { DocumentFacts } from './facts.ts'
import type { FontSet } from './fonts.ts'
import { A4 } from './ink.ts'

/** What a document is before anything is drawn on it. Margins in points. */
export interface SheetSpec extends DocumentFacts {
  readonly fonts: FontSet
  /** Shown in the title bar of the reader's window. */
  readonly title: string
  readonly margin: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number }
  /** Head of the second and later pages; '' for none. */
  readonly runningHead: string
  /** Left end of the foot of every page. */
  readonly foot: string
}

/** `&`, `<` and `>` go in their full-width forms: PDFKit copies the title unescaped into XML. */
function metadataTitle(title: string): string {
  return printable(title).replaceAll('&', '＆').replaceAll('<', '＜').replaceAll('>', '＞')
}

/** An empty PDFKit document with the fonts `regular` and `bold`; its bytes depend on nothing but what is drawn. */
export function openPdf(spec: SheetSpec): PDFKit.PDFDocument {
  const options = {
    size: [A4.width, A4.height],
    margin: 0,
    // Without this PDFKit loads and embeds the metrics of Helvetica.
    font: null,
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    lang: 'zh-CN',
    displayTitle: true,
    info: {
      Title: metadataTitle(spec.title),
      Creator: 'Mingzhang 明账',
      Producer: 'PDFKit',
      CreationDate: new Date(spec.issuedAt),
    },
  }
  // The published types know neither `null` nor a parsed font as a font.
  const pdf = new PDFDocument(options as unknown as PDFKit.PDFDocumentOptions)
  for (const weight of ['regular', 'bold'] as const)
    pdf.registerFont(weight, spec.fonts[weight] as unknown as Uint8Array)
  return pdf
}

/** What PDFKit keeps of the font in use and of the page; its published types leave it out. */
interface Internals {
  readonly _font: { readonly id: string; encode(text: string): readonly [string[], unknown]; ref(): unknown }
  readonly page: { readonly fonts: Record<string, unknown> }
}

/** Text as glyph numbers of the file's subset, and the name by which the page knows the font. */
export function encodeText(pdf: PDFKit.PDFDocument, weight: 'regular' | 'bold', text: string) {
  const { _font, page } = pdf.font(weight) as unknown as Internals
  page.fonts[_font.id] ??= _font.ref()
  return { font: _font.id, hex: _font.encode(text)[0].join('') }
}

/** Ends a document and gives its bytes. */
export function collectBytes(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    pdf.on('error', reject)
    pdf.on('end', () => {
      const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0))
      let offset = 0
      for (const chunk of chunks) {
        bytes.set(chunk, offset)
        offset += chunk.byteLength
      }
      resolve(bytes)
    })
    pdf.end()
  })
}
