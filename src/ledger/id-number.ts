export interface IdNumberCheck {
  readonly valid: boolean
  /** Half-width, without spaces, with a capital X: the one form in which it is stored and compared. */
  readonly idNumber: string
  /** `YYYY-MM-DD`; only of a valid number. */
  readonly birthDate?: string
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkDigits = '10X98765432'

/** Checks a citizen's number (公民身份号码): 18 digits, a birth date that exists, and the check digit of GB 11643-1999. */
export function checkIdNumber(text: string): IdNumberCheck {
  const idNumber = text.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  const [, year, month, day] = /^[1-9]\d{5}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/.exec(idNumber) ?? []
  const birthDate = `${year}-${month}-${day}`
  const valid = year !== undefined && isDate(birthDate) && checkDigitOf(idNumber) === idNumber[17]
  return valid ? { valid, idNumber, birthDate } : { valid, idNumber }
}

/** The last character that the first seventeen digits ask for (ISO 7064, MOD 11-2). */
export function checkDigitOf(idNumber: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(idNumber[index]), 0)
  return checkDigits.charAt(sum % 11)
}

function isDate(day: string): boolean {
  const instant = new Date(`${day}T00:00:00.000Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day)
}
