import type { Decisions } from '../command.ts'
import { refuse } from '../refusal.ts'
import type { governanceCommands } from './commands.ts'
import { checkPolicy, underReview } from './review.ts'
import { holds } from './state.ts'

type Offices = Pick<
  Decisions<typeof governanceCommands>,
  'AuthoriseReviewRule' | 'SetReviewPolicy' | 'RejectCommand' | 'AppointOfficer' | 'RemoveOfficer' | 'DeclareKinship'
>

/** Decisions about who holds which office, and who reviews what. */
export const decideOffices: Offices = {
  AuthoriseReviewRule(desk, { rule, text, from }) {
    desk.emit('ReviewRuleAuthorised', { rule, text, authorisedBy: desk.context.actor, from })
  },

  SetReviewPolicy(desk, { rows, reason }) {
    checkPolicy(desk.state, rows)
    desk.emit('ReviewPolicySet', { rows, reason })
  },

  RejectCommand(desk, { id, officer, reason }) {
    underReview(desk.state, id, officer)
    desk.emit('CommandRejected', { id, officer, reason })
  },

  AppointOfficer(desk, { person, role, from, resolution }) {
    const { governance, register } = desk.state
    if (!register.persons.has(person)) refuse('PersonUnknown', `登记册里没有 ${person}，请先登记。`)
    if (holds(governance, person, [role])) refuse('AlreadyOfficer', `${person} 已经是${role}，不用再任命。`)
    const supervises = role === '监事长' || role === '监事'
    const near = [person, ...governance.kin.filter(pair => pair.includes(person)).flat()]
    const clash = near.some(other =>
      holds(governance, other, supervises ? ['理事长', '理事', '会计', '出纳'] : ['监事长', '监事']),
    )
    if (clash) {
      refuse('OfficerConflict', '监事不能由理事、财务人员、会计及其近亲属担任，请换人。', '农村集体经济组织法 art. 34')
    }
    desk.emit('OfficerAppointed', { person, role, from, ...(resolution ? { resolution } : {}) })
  },

  RemoveOfficer(desk, { person, role, on, reason }) {
    if (!holds(desk.state.governance, person, [role]))
      refuse('NotOfficer', `${person} 现在不是${role}，请核对人员或职务。`)
    desk.emit('OfficerRemoved', { person, role, on, reason })
  },

  DeclareKinship(desk, body) {
    desk.emit('KinshipDeclared', body)
  },
}
