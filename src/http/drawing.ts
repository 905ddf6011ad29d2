import { renderDisclosure } from '../../reports/disclosure/pdf.ts'
import type { FontSet } from '../../reports/kit/fonts.ts'
import { renderResolution } from '../../reports/resolution/pdf.ts'
import { renderStatement } from '../../reports/statement/pdf.ts'
import type { Drawing } from './house.ts'

/** The documents drawn with fonts that are asked for at each document: whoever gives them parses them once. */
export function drawingWith(fonts: () => FontSet): Drawing {
  return {
    statement: data => renderStatement(data, fonts()),
    disclosure: data => renderDisclosure(data, fonts()),
    resolution: data => renderResolution(data, fonts()),
    book: draw => draw(fonts()),
  }
}
