import { z } from 'zod'
import type { CommandSpec } from '../command.ts'
import { day, personCode, text } from '../fields.ts'

export const handoverCommands = {
  HandOverBooks: {
    title: '会计交接',
    marks: [],
    schema: z.strictObject({
      from: personCode,
      to: personCode,
      witness: personCode,
      on: day,
      /** Appoints the successor 会计 in the same act. */
      appoint: z.boolean().default(false),
      /** What is handed over besides the books: seals, keys, cheque books, passwords. */
      list: z.array(text).max(100).default([]),
      unfinished: z.array(text).max(100).default([]),
    }),
  },
} satisfies Record<string, CommandSpec>
