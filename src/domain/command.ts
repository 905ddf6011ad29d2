import type { z } from 'zod'
import type { Desk } from './desk.ts'

/** What the policy and the fault tests need to know of a command. */
export type Mark = 'money' | 'close' | 'publish'

/** A command as people and programs see it: its Chinese title, the schema of its body, and what it touches. */
export type CommandSpec = {
  readonly title: string
  readonly schema: z.ZodType
  readonly marks: readonly Mark[]
  /** The body after the vault replaced personal data by codes and ciphertext, where the two differ. */
  readonly sealed?: z.ZodType
}

type Body<S extends CommandSpec> = S extends { sealed: infer Z extends z.ZodType } ? z.infer<Z> : z.infer<S['schema']>

/** One decision a command: reads the desk's state, refuses or emits. */
export type Decisions<T extends Record<string, CommandSpec>> = {
  [N in keyof T]: (desk: Desk, body: Body<T[N]>) => void
}
