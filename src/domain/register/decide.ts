import type { Decisions } from '../command.ts'
import { type Desk, notInFuture } from '../desk.ts'
import { refuse } from '../refusal.ts'
import { sharesOf, sharesText } from '../shares.ts'
import type { registerCommands } from './commands.ts'
import { isMember, leastHeldFrom, type Person } from './state.ts'

/** Decisions about persons, households and shares. Membership and shares are separate facts. */
export const decideRegister: Decisions<typeof registerCommands> = {
  AdmitMembers(desk, { members }) {
    needCoop(desk)
    const seen = new Set<string>()
    for (const { person, household, ...rest } of members) {
      notInFuture(desk, rest.on, '确认日期')
      if (isMember(desk.state.register.persons.get(person.code), rest.on) || seen.has(person.code)) {
        refuse('AlreadyMember', `${person.code} 已经是成员，不能重复确认。`, '农村集体经济组织法 art. 12')
      }
      seen.add(person.code)
      const { code, identity, sensitive } = person
      desk.emit('MemberAdmitted', { person: code, identity, ...optional({ sensitive, household }), ...rest })
    }
  },

  RegisterPersons(desk, { persons }) {
    needCoop(desk)
    const seen = new Set<string>()
    for (const { person, household, birthMonth, ...rest } of persons) {
      if (desk.state.register.persons.has(person.code) || seen.has(person.code))
        refuse('PersonKnown', `${person.code} 已经登记，请用原来的成员码。`)
      seen.add(person.code)
      const { code, identity, sensitive } = person
      desk.emit('PersonRegistered', {
        person: code,
        identity,
        ...optional({ sensitive, household, birthMonth }),
        ...rest,
      })
    }
  },

  ChangeMemberDetails(desk, { person, on, reason, identity, sensitive, birthMonth }) {
    find(desk, person)
    desk.emit('MemberDetailsChanged', { person, on, reason, ...optional({ identity, sensitive, birthMonth }) })
  },

  EndMembership(desk, body) {
    notInFuture(desk, body.on, '终止日期')
    if (!isMember(find(desk, body.person), body.on))
      refuse('NotAMember', `${body.person} 在那一天不是成员，请核对日期。`)
    desk.emit('MembershipEnded', body)
  },

  FormHousehold(desk, body) {
    if (desk.state.register.households.has(body.household))
      refuse('IdTaken', `户号 ${body.household} 已经用过，请换一个。`)
    checkHousehold(desk, body)
    desk.emit('HouseholdFormed', body)
  },

  ChangeHousehold(desk, body) {
    if (!desk.state.register.households.has(body.household))
      refuse('HouseholdUnknown', `没有 ${body.household} 这一户，请先立户。`)
    checkHousehold(desk, body)
    desk.emit('HouseholdChanged', body)
  },

  IssueShares(desk, { resolution, ...body }) {
    fresh(desk, body.id, body.on)
    const seen = new Set<string>()
    for (const [person] of body.holdings) {
      find(desk, person)
      if (seen.has(person)) refuse('ListedTwice', `${person} 在名单里出现了两次，请合并或删去一行。`)
      seen.add(person)
    }
    desk.emit('SharesIssued', { ...body, ...optional({ resolution }) })
  },

  TransferShares(desk, body) {
    fresh(desk, body.id, body.on)
    if (!isMember(find(desk, body.to), body.on))
      refuse('NotAMember', '份额只能在本社成员之间转让，或由本社收回。', '农村集体经济组织法 art. 40')
    needShares(desk, body.from, body.shares, body.on)
    desk.emit('SharesTransferred', body)
  },

  InheritShares(desk, body) {
    fresh(desk, body.id, body.on)
    for (const [heir] of body.heirs) find(desk, heir)
    const all = body.heirs.reduce((sum, [, shares]) => sum + sharesOf(shares), 0)
    needShares(desk, body.from, sharesText(all), body.on)
    desk.emit('SharesInherited', body)
  },

  CancelShares(desk, body) {
    fresh(desk, body.id, body.on)
    needShares(desk, body.person, body.shares, body.on)
    desk.emit('SharesCancelled', body)
  },
}

/** A person of the register; refuses an unknown or a sealed one. */
export function find(desk: Desk, code: string): Person {
  const person = desk.state.register.persons.get(code)
  if (!person) refuse('MemberUnknown', `登记册里没有 ${code}，请核对成员码。`)
  if (person.sealed)
    refuse('PersonSealed', `${code} 的资料已封存，只能保存，不能再办理业务。`, '个人信息保护法 art. 47')
  return person
}

/** Leaves out what is undefined, as events have no undefined fields. */
export function optional<T extends Record<string, unknown>>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}

function needCoop(desk: Desk): void {
  if (!desk.state.governance.profile) refuse('CoopUnknown', '还没有这个组织的账，请先建社（EstablishCoop）。')
}

function fresh(desk: Desk, id: string, on: string): void {
  notInFuture(desk, on, '份额变动日期')
  if (desk.state.register.shareEvents.has(id)) refuse('IdTaken', `份额变动编号 ${id} 已经用过，请换一个。`)
}

function checkHousehold(desk: Desk, { head, persons }: { head: string; persons: string[] }): void {
  for (const person of persons) find(desk, person)
  if (!persons.includes(head) && persons.length > 0) refuse('HeadNotInHousehold', '户主要在户内人员名单里。')
}

function needShares(desk: Desk, person: string, wanted: string, on: string): void {
  find(desk, person)
  // Later changes count too: what is sold already cannot be given away with an earlier date.
  const held = leastHeldFrom(desk.state.register, person, on)
  if (held < sharesOf(wanted)) refuse('SharesShort', `${person} 只有 ${sharesText(held)} 股，不够 ${wanted} 股。`)
}
