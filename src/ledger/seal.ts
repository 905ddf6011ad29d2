import type { CommandName } from '../domain/commands.ts'
import { refuse } from '../domain/refusal.ts'
import type { PersonInput } from '../domain/register/commands.ts'
import { checkIdNumber } from './id-number.ts'
import type { PersonDetails, Vault } from './vault.ts'

type Body = Record<string, unknown>
type Entry = Body & { person: PersonInput; birthMonth?: string }

/**
 * Replaces the personal data of a command's body by codes and ciphertext before anything is decided; other commands pass
 * unchanged. `demo`: whether the ledger is a demonstration, which takes no real people (and a real one no invented ones).
 */
export function sealBody(vault: Vault, name: CommandName, body: Body, demo: boolean): Body {
  switch (name) {
    case 'AdmitMembers':
      return { members: vault.batch(() => (body.members as Entry[]).map(entry => admitted(vault, entry, demo))) }
    case 'RegisterPersons':
      return { persons: vault.batch(() => (body.persons as Entry[]).map(entry => sealEntry(vault, entry, demo))) }
    case 'ChangeMemberDetails':
      return changed(vault, body, demo)
    case 'RequestRelief':
    case 'RaiseObjection':
      return confidential(vault, body)
    default:
      return body
  }
}

function admitted(vault: Vault, entry: Entry, demo: boolean): Body {
  const member = sealEntry(vault, entry, demo)
  if (member.birthMonth === undefined) {
    refuse('BirthMonthMissing', '成员要有身份证号或出生年月，津贴和表决都要按年龄核对。', '农村集体经济组织法 art. 12')
  }
  return member
}

function sealEntry(vault: Vault, { person, ...entry }: Entry, demo: boolean): Body {
  checkPerson(person, demo)
  const birthMonth = person.idNumber ? checkIdNumber(person.idNumber).birthDate?.slice(0, 7) : entry.birthMonth
  if (entry.birthMonth && birthMonth && entry.birthMonth !== birthMonth) {
    refuse('BirthMonthDiffers', '出生年月和身份证号不一致，请核对。')
  }
  const { code, identity, sensitive } = vault.enrol(present(person))
  return {
    ...entry,
    ...(birthMonth ? { birthMonth } : {}),
    person: { code, identity, ...(sensitive ? { sensitive } : {}) },
  }
}

function changed(vault: Vault, { details, ...body }: Body, demo: boolean): Body {
  const code = String(body.person)
  const known = vault.resolve(code)
  if ('forgotten' in known) refuse('MemberUnknown', `登记册里没有 ${code}，请核对成员码。`)
  const person = { ...known, ...present(details as PersonInput) }
  checkPerson(person, demo)
  const sealed = vault.reseal(code, person)
  return { ...body, identity: sealed.identity, ...(sealed.sensitive ? { sensitive: sealed.sensitive } : {}) }
}

function confidential(vault: Vault, { reason, ...body }: Body): Body {
  if (reason === undefined) return body
  if (typeof body.person !== 'string') refuse('PersonMissing', '要保密的理由必须写明是谁的。')
  if ('forgotten' in vault.resolve(body.person)) refuse('MemberUnknown', `登记册里没有 ${body.person}，请核对成员码。`)
  return { ...body, confidential: vault.sealText(body.person, String(reason)) }
}

const present = (person: PersonInput): PersonDetails =>
  Object.fromEntries(Object.entries(person).filter(([, value]) => value !== undefined)) as never

// Invented citizens' numbers begin with 999, a region that does not exist, so that no demonstration can hold a neighbour.
function checkPerson(person: { idNumber?: string | undefined }, demo: boolean): void {
  const invented = person.idNumber?.startsWith('999') ?? false
  if (demo && !invented) refuse('DemoLedger', '这是演示账本，不能录入真实人员；请用 serve 新建正式账本。')
  if (!demo && invented) refuse('InventedPerson', '999 开头的身份证号是演示用的虚构号码，请核对。')
  if (person.idNumber && !checkIdNumber(person.idNumber).valid) refuse('IdNumberWrong', '身份证号校验不通过，请核对。')
}
