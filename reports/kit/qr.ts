import { encode } from 'uqr'
import type { Sheet } from './document.ts'
import { INK } from './ink.ts'

/** Draws a QR code (level M) as rectangles; `size` is the side in points, the quiet zone of four modules lies outside. */
export function drawQr(sheet: Sheet, content: string, x: number, y: number, size: number): void {
  const { data } = encode(content, { ecc: 'M', border: 0 })
  const module = size / data.length
  const quiet = module * 4
  sheet.fill([[x - quiet, y - quiet, size + quiet * 2, size + quiet * 2]], INK.paper)
  const boxes: [number, number, number, number][] = []
  data.forEach((row, line) => {
    for (let start = 0; start < row.length; start++) {
      if (!row[start]) continue
      let end = start
      while (row[end + 1]) end++
      boxes.push([x + start * module, y + line * module, (end - start + 1) * module, module])
      start = end
    }
  })
  sheet.fill(boxes, INK.text)
}
