import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MISSING_MARK, printable } from '../../reports/kit/characters.ts'
import { groupMoney } from '../../reports/kit/figures.ts'
import { loadFonts } from '../../reports/kit/fonts-node.ts'
import type { Program } from '../support/programs.ts'
import { runProgram } from '../support/programs.ts'

export interface Word {
  readonly page: number
  readonly text: string
  readonly x: number
  readonly y: number
  readonly right: number
  readonly bottom: number
}

/** Runs a program on a PDF; FILE stands for it in the arguments. */
export function onPdf(program: Program, bytes: Uint8Array, args: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'mingzhang-'))
  try {
    const file = join(folder, 'a.pdf')
    writeFileSync(file, bytes)
    return runProgram(
      program,
      args.map(arg => (arg === 'FILE' ? file : arg)),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The text in the order it was drawn, a page each, without white space. */
export function pagesOf(bytes: Uint8Array): string[] {
  const text = onPdf('pdftotext', bytes, ['-raw', 'FILE', '-']).toString()
  return text.split('\f').slice(0, -1).map(bare)
}

export function bare(text: string): string {
  return text.replace(/\s/g, '')
}

/** Every word with its box in points from the upper left corner. */
export function wordsOf(bytes: Uint8Array): Word[] {
  const words: Word[] = []
  let page = -1
  for (const line of onPdf('pdftotext', bytes, ['-bbox', 'FILE', '-']).toString().split('\n')) {
    if (line.includes('<page ')) page++
    const found = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)<\/word>/.exec(line)
    if (!found) continue
    const [x = 0, y = 0, right = 0, bottom = 0] = found.slice(1, 5).map(Number)
    words.push({ page, text: found[5]!, x, y, right, bottom })
  }
  return words
}

/** A page in grey: 0 is black, 255 white; one pixel is 72/dpi points. */
export function pixelsOf(bytes: Uint8Array, page: number, dpi: number) {
  const args = ['-gray', '-r', String(dpi), '-f', String(page + 1), '-l', String(page + 1), 'FILE']
  const file = onPdf('pdftoppm', bytes, args)
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 64).toString('latin1'))
  if (!header) throw new Error('pdftoppm gave no grey picture')
  const width = Number(header[1])
  return { width, height: Number(header[2]), data: file.subarray(header[0].length) }
}

/** Numbers of the glyphs a file draws, as they stand in its content streams. */
export function glyphsDrawn(bytes: Uint8Array): Set<string> {
  const plain = onPdf('qpdf', bytes, ['--qdf', '--object-streams=disable', 'FILE', '-']).toString('latin1')
  const glyphs = new Set<string>()
  for (const [, hex] of plain.matchAll(/<([0-9a-f]+)> Tj/g)) {
    for (const glyph of hex!.match(/.{4}/g) ?? []) glyphs.add(glyph)
  }
  return glyphs
}

/** A text as the paper shows it, without white space. */
export function onPaper(text: string): string {
  const { regular } = loadFonts()
  const shown = Array.from(printable(text), one => (regular.has(one.codePointAt(0)!) ? one : MISSING_MARK))
  return bare(shown.join(''))
}

/** Every string of a document's data, amounts written as they are printed. */
export function stringsOf(data: unknown): string[] {
  if (typeof data === 'string') return [onPaper(groupMoney(data))]
  if (Array.isArray(data)) return data.flatMap(stringsOf)
  return data && typeof data === 'object' ? Object.values(data).flatMap(stringsOf) : []
}
