import { loadFonts } from '../../reports/kit/fonts-node.ts'
import { drawingWith } from './drawing.ts'
import type { Drawing } from './house.ts'

/** The documents drawn with the fonts of the installed package, which are read at the first document. */
export const nodeDrawing = (): Drawing => drawingWith(loadFonts)
