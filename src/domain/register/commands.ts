import { z } from 'zod'
import type { CommandSpec } from '../command.ts'
import { day, key, month, personCode, sealed, shares, text } from '../fields.ts'
import { registerEvents } from './events.ts'

/** A person in plain words, before the vault turns them into a code and ciphertext. */
export const personInput = z.strictObject({
  name: text,
  idNumber: z
    .string()
    .regex(/^\d{17}[\dXx]$/, '身份证号是 18 位')
    .optional(),
  bankAccount: z
    .string()
    .regex(/^\d{8,30}$/, '银行账号只有数字')
    .optional(),
  phone: z
    .string()
    .regex(/^[\d-]{7,15}$/, '电话号码只有数字和短横')
    .optional(),
})
export type PersonInput = z.infer<typeof personInput>

/** The same person as the log knows them. */
export const sealedPerson = z.strictObject({ code: personCode, identity: sealed, sensitive: sealed.optional() })

const admission = { birthMonth: month, household: key.optional(), on: day, basis: text }
const registration = {
  birthMonth: month.optional(),
  household: key.optional(),
  on: day,
  relation: text,
  resident: z.boolean().default(false),
}
const change = { person: personCode, birthMonth: month.optional(), on: day, reason: text }
// One append holds 512 KiB; a person with ciphertext takes about 700 bytes.
const many = 500

export const registerCommands = {
  AdmitMembers: {
    title: '确认成员（可整批）',
    marks: [],
    schema: z.strictObject({
      members: z
        .array(z.strictObject({ ...admission, birthMonth: month.optional(), person: personInput }))
        .min(1)
        .max(many),
    }),
    sealed: z.strictObject({ members: z.array(z.strictObject({ ...admission, person: sealedPerson })) }),
  },
  RegisterPersons: {
    title: '登记非成员收款人、持份人（可整批）',
    marks: [],
    schema: z.strictObject({
      persons: z
        .array(z.strictObject({ ...registration, person: personInput }))
        .min(1)
        .max(many),
    }),
    sealed: z.strictObject({ persons: z.array(z.strictObject({ ...registration, person: sealedPerson })) }),
  },
  ChangeMemberDetails: {
    title: '变更登记资料',
    marks: [],
    schema: z.strictObject({ ...change, details: personInput.partial() }),
    sealed: z.strictObject({ ...change, identity: sealed.optional(), sensitive: sealed.optional() }),
  },
  EndMembership: { title: '成员身份终止', marks: [], schema: registerEvents.MembershipEnded },
  FormHousehold: { title: '立户', marks: [], schema: registerEvents.HouseholdFormed },
  ChangeHousehold: { title: '户内变动、分户', marks: [], schema: registerEvents.HouseholdChanged },
  IssueShares: {
    title: '量化份额（配股）',
    marks: [],
    schema: z.strictObject({
      id: key,
      on: day,
      kind: text,
      holdings: z
        .array(z.tuple([personCode, shares]))
        .min(1)
        .max(20_000),
      basis: text,
      resolution: key.optional(),
    }),
  },
  TransferShares: { title: '社内转让份额', marks: [], schema: registerEvents.SharesTransferred },
  InheritShares: { title: '继承份额', marks: [], schema: registerEvents.SharesInherited },
  CancelShares: { title: '注销、收回份额', marks: [], schema: registerEvents.SharesCancelled },
} satisfies Record<string, CommandSpec>
