import { encode } from 'uqr'
import { expect } from 'vitest'
import { Sheet } from '../../reports/kit/document.ts'
import { loadFonts } from '../../reports/kit/fonts-node.ts'
import { drawQr } from '../../reports/kit/qr.ts'
import { testWith } from '../support/programs.ts'
import { pixelsOf } from './pdf-tools.ts'

testWith(
  ['pdftoppm'],
  'every module of a QR code stands on the paper, black on white even over a watermark',
  async () => {
    const content = 'https://mingzhang.example.cn/v/2025Q4#M00012.7K3FQ2MD9X'
    const margin = { top: 60, right: 60, bottom: 60, left: 60 }
    const facts = {
      issuedAt: '2026-01-08T02:00:00.000Z',
      watermark: '演示数据',
      title: '码',
      runningHead: '',
      foot: '',
    }
    const sheet = new Sheet({ ...facts, fonts: loadFonts(), margin })
    drawQr(sheet, content, 240, 380, 72)
    const picture = pixelsOf(await sheet.toBytes(), 0, 288)
    const { data, size } = encode(content, { ecc: 'M', border: 0 })
    const seen = data.map((row, line) =>
      row.map((_, column) => {
        const x = Math.floor((240 + ((column + 0.5) * 72) / size) * 4)
        const y = Math.floor((380 + ((line + 0.5) * 72) / size) * 4)
        const grey = picture.data[y * picture.width + x]!
        return grey < 60 ? true : grey === 255 ? false : undefined
      }),
    )
    expect(seen).toEqual(data)
  },
)
