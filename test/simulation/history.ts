import { must, type Row } from './facts.ts'
import type { Answered, Said } from './world.ts'

type Told = Said & { answers: Answered[] }
const OK = [200, 201]

/** What clients asked and were told: every acknowledgement must be in the log, and nothing else may be. */
export class History {
  readonly told: Told[] = []
  #checked = 0

  /** Notes an answer; `faultsFired` says whether the program had a reason to be unwell. */
  note(said: Said, answer: Answered, faultsFired: boolean): void {
    must(answer.status < 500 || faultsFired, `nothing failed, but ${said.name} was answered ${answer.status}`)
    const before = this.told.find(each => each.key === said.key)
    if (!before) {
      this.told.push({ ...said, answers: [answer] })
      return
    }
    if (JSON.stringify([before.name, before.body]) !== JSON.stringify([said.name, said.body])) {
      const refused = answer.status >= 500 || answer.code === 'CommandIdReused'
      must(refused, `a command's number cannot be used for another: ${said.key}`)
      return
    }
    const first = before.answers.find(isDone)
    must(!first || isDone(answer) || answer.status >= 500, `what was acknowledged stays so: ${said.key}`)
    const isFirst = !first || !isDone(answer) || hashes(answer) === hashes(first)
    must(isFirst, `the same command gets the first answer again: ${said.key}`)
    before.answers.push(answer)
  }

  /** Commands that were acknowledged. */
  done(): Told[] {
    return this.told.filter(({ answers }) => answers.some(isDone))
  }

  /** Commands whose last answer left open whether they happened. */
  unknown(): Told[] {
    return this.told.filter(({ answers }) => !answers.some(isDone) && (answers.at(-1)?.status ?? 0) >= 500)
  }

  /** Every acknowledgement since the last time is in the log of its co-op, as it was given. */
  checkAcknowledged(rowsOf: (coop: string) => readonly Row[]): void {
    for (const { coop, key, answers } of this.told.slice(this.#checked)) this.#isStored(rowsOf(coop), key, answers)
    this.#checked = this.told.length
  }

  /** At the end: each command's events are in the log together and once, and a command that was refused left nothing. */
  checkAll(rows: readonly Row[]): void {
    must(this.unknown().length === 0, 'in the end every outcome is known')
    for (const { key, coop, answers } of this.told) {
      const stored = rows.filter(({ commandId }) => commandId === key)
      must(stored.length > 0 === answers.some(isDone), `stored if and only if acknowledged: ${key}`)
      must(
        stored.every(({ stream }) => stream === `coop-${coop}`),
        `a command writes its own co-op only: ${key}`,
      )
      this.#isStored(stored, key, answers)
    }
    const keys = this.told.map(({ key }) => key)
    must(
      rows.every(({ commandId }) => keys.includes(commandId)),
      'nothing is in the log that nobody asked for',
    )
  }

  /** The bank account each person gave last, in the order of the log: from what was asked, as the log holds ciphertext. */
  bankAccounts(rows: readonly Row[]): Map<string, string> {
    const accounts = new Map<string, string>()
    for (const { type, commandId, data } of rows) {
      if (type !== 'MemberDetailsChanged' && type !== 'MemberAdmitted') continue
      const said = JSON.stringify(this.told.find(({ key }) => key === commandId)?.body)
      const account = /"bankAccount":"(\d+)"/.exec(said)?.[1]
      if (account) accounts.set((JSON.parse(data) as { person: string }).person, account)
    }
    return accounts
  }

  #isStored(rows: readonly Row[], key: string, answers: readonly Answered[]): void {
    const answer = answers.find(isDone)
    if (!answer) return
    const stored = rows.filter(({ commandId }) => commandId === key).map(({ revision, hash }) => ({ revision, hash }))
    must(hashes({ events: stored }) === hashes(answer), `what was acknowledged is in the log, once: ${key}`)
  }
}

const isDone = ({ status }: Answered): boolean => OK.includes(status)

const hashes = ({ events = [] }: Pick<Answered, 'events'>): string =>
  events.map(({ revision, hash }) => `${revision} ${hash}`).join()
