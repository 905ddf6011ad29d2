/** What a column asks of the width of its table. */
export interface Claim {
  readonly weight: number
  /** Below this width a figure would be broken, or text get too narrow to read. */
  readonly least: number
  /** Beyond this width a column gains nothing. */
  readonly most: number
}

/** Every column gets its least; the rest goes out by weight until each has its most, and then to all. */
export function shareWidth(claims: readonly Claim[], width: number): number[] {
  const widths = claims.map(claim => claim.least)
  let rest = width - widths.reduce((sum, one) => sum + one, 0)
  if (rest < 0) return widths.map(one => (one * width) / (width - rest))
  while (rest > 0.01) {
    const open = claims.map((claim, i) => (claim.most > widths[i]! + 0.001 ? claim.weight : 0))
    const isFull = open.every(weight => weight === 0)
    const weights = isFull ? claims.map(claim => claim.weight) : open
    const sum = weights.reduce((all, weight) => all + weight, 0)
    const given = weights.map((weight, i) => {
      const part = (rest * weight) / sum
      return isFull ? part : Math.min(part, Math.max(0, claims[i]!.most - widths[i]!))
    })
    given.forEach((part, i) => {
      widths[i]! += part
    })
    rest -= given.reduce((all, part) => all + part, 0)
  }
  return widths
}
