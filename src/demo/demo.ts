import type { Role } from '../domain/governance/events.ts'
import type { Office } from '../office.ts'
import { type Act, inOrder } from './act.ts'
import { type DemoClock, demoClock } from './clock.ts'
import type { Example } from './example.ts'
import { type Clerks, type Face, openFace } from './face.ts'
import { trust } from './funds/trust.ts'
import { jufu } from './jufu/community.ts'
import { chanceOf } from './random.ts'
import type { Disclose } from './themes/closing.ts'

export type { Disclose, Disclosed } from './themes/closing.ts'

import { FIRST_DAY } from './themes/establishing.ts'
import { yangguang } from './yangguang/community.ts'

export type DemoPorts = { now: () => string; random: (bytes: number) => Uint8Array; clock: DemoClock }
export type DemoOptions = {
  seed: number
  /** The clock of the ports the office was opened with: the scenario moves it. */
  clock: DemoClock
  /** The figures of a co-op's quarter as its disclosure prints them. */
  disclose: Disclose
  progress?: (what: string, done: number, all: number) => void
}
export type DemoSummary = {
  coops: { code: string; name: string; events: number; head: string; resolutions: string[] }[]
}

/** The clock and the random bytes a demonstration's office is opened with; the same seed makes the same ledger. */
export function demoPorts(seed: number): DemoPorts {
  const clock = demoClock(FIRST_DAY)
  return { now: clock.now, random: chanceOf(`${seed}/ports`).bytes, clock }
}

/** Plays the year 2025 of the example co-ops into an empty office, command by command, in the order of the calendar. */
export async function runDemo(office: Office, options: DemoOptions): Promise<DemoSummary> {
  const { examples, acts } = scenario(options)
  const faces = new Map<string, Face>()
  for (const example of examples)
    faces.set(
      example.code,
      openFace(office.ledger, example.code, options.clock.today, () => clerksOf(example)),
    )
  const plan = inOrder(acts)
  for (const [index, each] of plan.entries()) {
    options.clock.set(each.on)
    options.progress?.(`${each.on} ${each.what}`, index, plan.length)
    await each.run(faces.get(each.coop)!)
  }
  options.progress?.('完成', plan.length, plan.length)
  return { coops: await Promise.all(examples.map(example => summed(office, example))) }
}

function scenario({ seed, disclose }: DemoOptions): { examples: Example[]; acts: Act[] } {
  const parts = [yangguang(seed, disclose), jufu(seed, disclose), trust(seed, disclose)]
  return { examples: parts.flatMap(part => part.examples), acts: parts.flatMap(part => part.acts) }
}

// A register of persons gives the codes, so officers have none before it.
function clerksOf({ officers }: Example): Clerks {
  const codeOf = (role: Role) => officers.find(officer => officer.role === role)?.resident.code || undefined
  return { accountant: codeOf('会计'), reviewer: codeOf('理事长') }
}

async function summed(office: Office, { code, name, resolutions }: Example) {
  const head = await office.ledger.head(code)
  return { code, name, events: head.revision + 1, head: head.hash, resolutions: [...resolutions.values()] }
}
