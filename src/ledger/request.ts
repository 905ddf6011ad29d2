import type { CoopEvent } from '../domain/events.ts'
import type { Refusal } from '../domain/refusal.ts'

/** A command as any face hands it in. `actor`: `M00012 via web`; the same `commandId` gets the first answer again. */
export type Request = { coop: string; name: string; body: unknown; actor: string; commandId: string }
/** An event as the answer to a command shows it. */
export type Fact = CoopEvent & { revision: number; hash: string; recordedAt: string }
/** What a command did, or why it was not accepted. */
export type Answer = { events: Fact[]; repeated: boolean } | { refusal: Refusal }
