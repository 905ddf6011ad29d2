import type { DisclosureEdition } from './data.ts'

/** Fewer persons than this are never shown by themselves in public (domain invariant 26). */
export const SMALLEST_GROUP = 3

const CODE = /M\d{5,}/g
const IS_CODE = /^M\d{5,}$/

/** Whether a counterparty is a person's code and not an organisation's name. */
export const isPerson = (counterparty: string | undefined): boolean =>
  counterparty !== undefined && IS_CODE.test(counterparty)

/** `M00012` → `M0**12`: enough for the person to find the row, not enough to look anybody up. */
export const masked = (code: string): string => `${code.slice(0, 2)}**${code.slice(-2)}`

/** A text with the codes of persons taken out (public) or masked (members). */
export function withoutCodes(text: string, edition: DisclosureEdition): string {
  const clean = text.replace(CODE, code => (edition === 'public' ? '' : masked(code)))
  return clean.replace(/ {2,}/g, ' ').trim()
}

/** How the other side of an entry is shown: an organisation in full, a person as 个人 (to members: the masked code). */
export function partyLabel(counterparty: string | undefined, edition: DisclosureEdition): string {
  if (counterparty === undefined) return ''
  if (!isPerson(counterparty)) return counterparty
  return edition === 'public' ? '个人' : `个人 ${masked(counterparty)}`
}

/** A number of persons; fewer than three are 不足 3 in public. */
export function headCount(heads: number, edition: DisclosureEdition): string {
  return edition === 'public' && heads > 0 && heads < SMALLEST_GROUP ? `不足 ${SMALLEST_GROUP}` : String(heads)
}

/**
 * Merges what concerns fewer than three persons into one row, and takes the next smallest with it until the merged row
 * stands for three, so that nobody's amount can be worked out from the total. Where nothing is left to take, the merged
 * row at least no longer says what it was for.
 */
export function mergeSmall<T extends { heads: number }>(rows: readonly T[], merge: (rows: T[]) => T): T[] {
  const small = rows.filter(row => row.heads < SMALLEST_GROUP)
  if (small.length === 0) return [...rows]
  const bySize = rows.filter(row => row.heads >= SMALLEST_GROUP).sort((a, b) => a.heads - b.heads)
  const heads = (list: readonly T[]) => list.reduce((sum, row) => sum + row.heads, 0)
  while (heads(small) < SMALLEST_GROUP && bySize.length > 0) small.push(bySize.shift()!)
  return [...rows.filter(row => !small.includes(row)), merge(rows.filter(row => small.includes(row)))]
}
