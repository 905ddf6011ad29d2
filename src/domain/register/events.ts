import { z } from 'zod'
import { day, key, month, personCode, sealed, shares, text } from '../fields.ts'

const holding = z.tuple([personCode, shares])

export const registerEvents = {
  MemberAdmitted: z.strictObject({
    person: personCode,
    identity: sealed,
    sensitive: sealed.optional(),
    birthMonth: month,
    household: key.optional(),
    on: day,
    basis: text,
  }),
  // Payees and share holders who are not members (heirs, non-member elders, people in need): 211, never 113.
  PersonRegistered: z.strictObject({
    person: personCode,
    identity: sealed,
    sensitive: sealed.optional(),
    birthMonth: month.optional(),
    household: key.optional(),
    on: day,
    relation: text,
    // Whether a programme for residents counts this person in; a tenant, a donor or an heir elsewhere is none.
    resident: z.boolean(),
  }),
  MembershipEnded: z.strictObject({
    person: personCode,
    on: day,
    reason: z.enum(['death', 'nationality', 'elsewhere', 'civil-servant', 'charter', 'withdrawal']),
  }),
  MemberDetailsChanged: z.strictObject({
    person: personCode,
    identity: sealed.optional(),
    sensitive: sealed.optional(),
    birthMonth: month.optional(),
    on: day,
    reason: text,
  }),
  HouseholdFormed: z.strictObject({ household: key, head: personCode, persons: z.array(personCode).min(1), on: day }),
  HouseholdChanged: z.strictObject({
    household: key,
    head: personCode,
    persons: z.array(personCode),
    on: day,
    reason: text,
  }),
  SharesIssued: z.strictObject({
    id: key,
    on: day,
    kind: text,
    holdings: z.array(holding).min(1),
    basis: text,
    resolution: key.optional(),
  }),
  SharesTransferred: z.strictObject({ id: key, from: personCode, to: personCode, shares, on: day, basis: text }),
  SharesInherited: z.strictObject({ id: key, from: personCode, heirs: z.array(holding).min(1), on: day, basis: text }),
  SharesCancelled: z.strictObject({
    id: key,
    person: personCode,
    shares,
    on: day,
    basis: text,
    resolution: key.optional(),
  }),
  PersonSealed: z.strictObject({ person: personCode, on: day, reason: text }),
  PersonErased: z.strictObject({ person: personCode, on: day, list: text }),
} as const

/** How many shares each person holds: `[code, shares]`. */
export type Holding = z.infer<typeof holding>
