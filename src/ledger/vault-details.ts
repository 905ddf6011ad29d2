import { checkIdNumber } from './id-number.ts'
import { type Forgotten, type PersonDetails, VaultError } from './vault.ts'
import type { PersonRow } from './vault-schema.ts'

/** What is sealed under the identity key. */
export type IdentityDetails = Omit<PersonDetails, 'phone'>

const longest = 200

/** The details with the ID number in its one form; throws VaultError if they cannot be a person's. */
export function checkDetails(details: PersonDetails): PersonDetails {
  const { name, bankAccount, phone } = details
  for (const text of [name, bankAccount, phone]) {
    if (text !== undefined && !isPlain(text))
      throw new VaultError('InvalidPerson', '姓名、银行账号、电话不能为空、过长或含控制字符')
  }
  const checked = details.idNumber === undefined ? undefined : checkIdNumber(details.idNumber)
  if (checked && !checked.valid) throw new VaultError('InvalidIdNumber', '身份证号不是有效的 18 位号码')
  return {
    name,
    ...(checked ? { idNumber: checked.idNumber } : {}),
    ...(bankAccount === undefined ? {} : { bankAccount }),
    ...(phone === undefined ? {} : { phone }),
  }
}

/** What a person's row tells. */
export function detailsIn(row: PersonRow | undefined): PersonDetails | Forgotten {
  if (!row || row.name === null) return { forgotten: true }
  return {
    name: row.name,
    ...(row.id_number === null ? {} : { idNumber: row.id_number }),
    ...(row.bank_account === null ? {} : { bankAccount: row.bank_account }),
    ...(row.phone === null ? {} : { phone: row.phone }),
  }
}

function isPlain(text: string): boolean {
  return text.trim().length > 0 && text.length <= longest && !/\p{Cc}/u.test(text) && text.isWellFormed()
}
