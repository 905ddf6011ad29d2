import { type Act, act, ORDER } from '../act.ts'
import type { Example } from '../example.ts'
import { type Face, payloads } from '../face.ts'
import type { Resident } from '../people/households.ts'

/** The first day of every example's books. */
export const FIRST_DAY = '2025-01-01'
const BATCH = 500

/** A line of the opening balances: account, yuan (a credit with a minus), and the fund if it is not 一般资金. */
export type Opening = [account: string, amount: string, fund?: string]

/** Establishes a co-op with its bank accounts; persons come by `register` before the officers take office. */
export function establish(example: Example, register: (face: Face) => Promise<unknown>): Act[] {
  const { code, name, level, creditCode, charter, contact, banks, officers } = example
  return [
    act(
      code,
      FIRST_DAY,
      `${name}建社`,
      async face => {
        await face.run('EstablishCoop', { name, creditCode, level, firstDay: FIRST_DAY, charter, demo: true, contact })
        await face.each(
          'RegisterBankAccount',
          banks.map((bank, index) => ({ id: `ZH-${index + 1}`, ...bank, owner: name, on: FIRST_DAY })),
        )
      },
      ORDER.establish,
    ),
    act(
      code,
      FIRST_DAY,
      `${name}登记成员`,
      async face => {
        await register(face)
        await face.each(
          'AppointOfficer',
          officers.map(({ role, resident }) => ({ person: resident.code, role, from: FIRST_DAY })),
        )
      },
      ORDER.register,
    ),
  ]
}

/** Books the opening balances, opening the sub-accounts they need; the year before is closed. */
export function openBooks(code: string, lines: readonly Opening[], extra: readonly string[] = []): Act {
  return act(
    code,
    FIRST_DAY,
    '期初余额',
    async face => {
      if (extra.length > 0)
        await face.each(
          'OpenSubAccount',
          extra.map(account => ({ account, on: FIRST_DAY })),
        )
      await face.run('RecordOpeningBalances', { on: FIRST_DAY, priorYearClosed: true, lines: lines.map(lineOf) })
    },
    ORDER.open,
  )
}

/** Confirms residents as members, in batches, and takes up the codes the register gives them. */
export async function admit(face: Face, people: readonly Resident[], on: string, basis: string): Promise<void> {
  for (let from = 0; from < people.length; from += BATCH) {
    const batch = people.slice(from, from + BATCH)
    const members = batch.map(each => ({ person: personOf(each), household: each.household, on, basis }))
    const facts = payloads(await face.run('AdmitMembers', { members }), 'MemberAdmitted')
    for (const [index, { person }] of facts.entries()) batch[index]!.code = person
  }
}

/** Registers people who are no members and takes up their codes; residents count in programmes for residents. */
export async function enter(
  face: Face,
  people: readonly Resident[],
  on: string,
  relation: string,
  resident = false,
): Promise<void> {
  for (let from = 0; from < people.length; from += BATCH) {
    const batch = people.slice(from, from + BATCH)
    const persons = batch.map(each => ({ person: personOf(each), household: each.household, on, relation, resident }))
    const facts = payloads(await face.run('RegisterPersons', { persons }), 'PersonRegistered')
    for (const [index, { person }] of facts.entries()) batch[index]!.code = person
  }
}

/** Forms the households of the residents; the oldest is the head. */
export async function house(face: Face, people: readonly Resident[], on: string): Promise<void> {
  const homes = Map.groupBy(people, ({ household }) => household)
  await face.each(
    'FormHousehold',
    [...homes].map(([household, members]) => ({
      household,
      head: members.reduce((a, b) => (a.birth <= b.birth ? a : b)).code,
      persons: members.map(({ code }) => code),
      on,
    })),
  )
}

const personOf = ({ name, idNumber, bankAccount, phone }: Resident) => ({
  name,
  idNumber,
  phone,
  ...(bankAccount ? { bankAccount } : {}),
})

function lineOf([account, amount, fund]: Opening) {
  const side = amount.startsWith('-') ? { credit: amount.slice(1) } : { debit: amount }
  return { account, ...side, ...(fund ? { fund } : {}) }
}
