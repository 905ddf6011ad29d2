/** Why a command was not accepted: a stable code, a sentence for an accountant, and the rule it rests on. */
export type Refusal = { code: string; message: string; article?: string; detail?: Record<string, unknown> }

/** Carries a Refusal from deep inside a decision to its door, where it becomes a value; nothing else catches it. */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.message)
    this.name = 'Refused'
    this.refusal = refusal
  }
}

/** Ends the decision with a refusal. `message` is a Chinese sentence that says what to do next. */
export function refuse(code: string, message: string, article?: string, detail?: Record<string, unknown>): never {
  throw new Refused({ code, message, ...(article ? { article } : {}), ...(detail ? { detail } : {}) })
}

/** A broken promise inside the program (never the user's fault): stops everything rather than book a wrong fen. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`)
}
