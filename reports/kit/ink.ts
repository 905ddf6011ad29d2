/** Points in a millimetre. */
export const MM = 72 / 25.4

/** A4 in points. */
export const A4 = { width: 210 * MM, height: 297 * MM } as const

/** Everything is black on white but the red of an official head and of negative amounts (红字). */
export const INK = {
  paper: '#ffffff',
  text: '#1a1a1a',
  quiet: '#5c5c5c',
  hairline: '#c9c9c9',
  rule: '#4a4a4a',
  tint: '#f4f3f0',
  red: '#b3151b',
  watermark: '#000000',
} as const

/** How a run of text is set; sizes in points. */
export interface Style {
  readonly size: number
  readonly bold?: boolean
  readonly color?: string
  /** Extra space after every character, in points. */
  readonly spacing?: number
}

/** Chinese type sizes (字号) in points. */
export const SIZE = {
  二号: 22,
  小二: 18,
  三号: 16,
  四号: 14,
  小四: 12,
  五号: 10.5,
  小五: 9,
  六号: 7.5,
} as const
