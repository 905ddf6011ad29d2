import { checkDigitOf } from '../../src/ledger/id-number.ts'

/** An invented citizen's number of region 999 with a right check digit. */
export function idNumber(birth: string, order: number): string {
  const body = `999101${birth}${String(order).padStart(3, '0')}`
  return `${body}${checkDigitOf(body)}`
}

export const PEOPLE = [
  { name: '陈䶮', idNumber: idNumber('19500310', 1) },
  { name: '林<b>强</b>', idNumber: idNumber('19601105', 2) },
  { name: '王会计', idNumber: idNumber('19850412', 3) },
  { name: '黄小梅', idNumber: idNumber('19900520', 4) },
] as const
export const SECRETS = PEOPLE.flatMap(({ name, idNumber }) => [name, idNumber])

/** Code of the co-op in which the story plays. */
export const COOP = 'sun'
