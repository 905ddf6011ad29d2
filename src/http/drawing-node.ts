import { renderDisclosure } from '../../reports/disclosure/pdf.ts'
import { loadFonts } from '../../reports/kit/fonts-node.ts'
import { renderResolution } from '../../reports/resolution/pdf.ts'
import { renderStatement } from '../../reports/statement/pdf.ts'
import type { Drawing } from './house.ts'

/** The documents drawn with the fonts of the installed package, which are read at the first document. */
export function nodeDrawing(): Drawing {
  return {
    statement: data => renderStatement(data, loadFonts()),
    disclosure: data => renderDisclosure(data, loadFonts()),
    resolution: data => renderResolution(data, loadFonts()),
  }
}
