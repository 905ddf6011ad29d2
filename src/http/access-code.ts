// Without I, L, O and U, so that nothing is misread from paper.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LOOKALIKES: Record<string, string> = { I: '1', L: '1', O: '0' }

/** How many random bytes a new code takes: 125 bits of them count. */
export const CODE_BYTES = 25

/** An access code of random bytes in groups of five, as people read them out: `7K3FQ-…`. */
export function codeOf(random: Uint8Array): string {
  const letters = Array.from(random, byte => ALPHABET[byte % 32])
  return (letters.join('').match(/.{5}/g) ?? []).join('-')
}

/** A code as it was meant: capitals and figures only, what is mistaken for another read as that. */
export const normalisedCode = (given: string): string =>
  given
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll(/[ILO]/g, letter => LOOKALIKES[letter] ?? letter)
