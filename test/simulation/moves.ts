import { type Draw, wanted } from '../domain/sequences.ts'
import type { Plan } from '../faults/faulty-store.ts'
import { FAILURES } from '../faults/faulty-store.ts'
import { CORE, STORIES } from '../faults/stories.ts'
import type { Coop } from '../support/coop.ts'
import { invented } from './beginning.ts'
import { closing } from './closing.ts'
import type { Random } from './random.ts'
import type { Said } from './world.ts'

/** A command that somebody might give next; many break a rule, which is part of it. */
export function command(random: Random, coop: string, mirror: Coop, key: string, index: number): Said {
  if (random.chance(0.06)) return { coop, key, ...random.pick(NONSENSE) }
  const waiting = [...mirror.state.governance.waiting.keys()]
  if (waiting.length > 0 && random.chance(0.4)) return { coop, key, ...verdict(random, random.pick(waiting)) }
  if (random.chance(0.08)) return { coop, key, ...personal(random, mirror, index) }
  if (random.chance(0.12)) return { coop, key, ...told(STORIES.get(random.pick(CORE))?.command) }
  if (random.chance(0.12)) return { coop, key, ...told(closing(random, mirror)) }
  const { name, body } = wanted(mirror, drawn(random), index)
  return { coop, name, body, key }
}

const NONSENSE: readonly Pick<Said, 'name' | 'body'>[] = [
  { name: 'PostVoucher', body: { date: '2025-02-30', summary: '', lines: [] } },
  { name: 'PayExpense', body: null },
  { name: 'ReceiveDonation', body: { id: '捐9', amount: '1e9', date: '2025-03-01', into: '102-基本户' } },
  { name: 'EstablishCoop', body: {} },
  { name: 'DropTables', body: { all: true } },
  { name: 'ReverseVoucher', body: { number: '2025-03-记-999', date: '2025-03-01', reason: '没有这张' } },
]

/** The approval of a waiting command by an officer. */
export const approval = (id: string, officer: string) => ({ name: 'ApproveCommand', body: { id, officer } })

// Mostly by the chairman; sometimes by the supervisor or a plain member, who may not; now and then it is sent back.
function verdict(random: Random, id: string): Pick<Said, 'name' | 'body'> {
  const officer = random.chance(0.8) ? 'M00004' : random.pick(['M00005', 'M00007', 'M00002'])
  if (random.chance(0.15)) return { name: 'RejectCommand', body: { id, officer, reason: '票据不全' } }
  return approval(id, officer)
}

// A pair as the two halves of a command.
const told = ([name, body]: readonly [string, unknown] = ['', null]) => ({ name, body })

// What concerns persons: the log may hold none of it in the clear, and the vault must show what came last.
function personal(random: Random, mirror: Coop, index: number): Pick<Said, 'name' | 'body'> {
  const on = '2025-12-01'
  const known = random.pick([...mirror.state.register.persons.keys()])
  const bankAccount = `62288${String(index).padStart(11, '0')}`
  if (random.chance(0.5)) {
    const change = { person: known, on, reason: '换卡', details: { bankAccount } }
    return { name: 'ChangeMemberDetails', body: change }
  }
  if (random.chance(0.3)) {
    const asked = { request: `助${index}`, programme: 'relief', person: known, category: '医疗', asked: '800', on }
    return { name: 'RequestRelief', body: { ...asked, reason: '隐情：住院' } }
  }
  const person = { ...invented(`M00${100 + random.below(9)}`, '1988-08'), bankAccount }
  return { name: 'AdmitMembers', body: { members: [{ person, on, basis: '成员大会确认' }] } }
}

function drawn(random: Random): Draw {
  return {
    kind: random.below(1000),
    fen: 1 + random.below(3_000_000),
    a: random.below(1000),
    b: random.below(1000),
    day: 1 + random.below(28),
  }
}

// The two others would be answered as a refusal, which a client may take for one.
const ILLS = [FAILURES.Unavailable!, FAILURES.OutcomeUnknown!, FAILURES.Conflict!, FAILURES.Unforeseen!]

/** One of the next store calls fails in one of the ways stores do, or all of them from there on. */
export function illness(random: Random): Plan {
  const from = 1 + random.below(6)
  const strike = { when: random.pick(['before', 'after'] as const), error: random.pick(ILLS)() }
  const lasting = random.chance(0.3)
  return call => (call === from || (lasting && call > from) ? strike : undefined)
}
