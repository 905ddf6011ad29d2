import { z } from 'zod'
import type { CommandSpec } from '../command.ts'
import { key, text, year } from '../fields.ts'
import { budgetItem } from './budget-events.ts'

const items = z.array(budgetItem).min(1).max(200)

export const budgetCommands = {
  AdoptBudget: {
    title: '录入通过的年度财务计划（预算）',
    marks: [],
    schema: z.strictObject({ year, resolution: key, binding: z.boolean().default(false), items }),
  },
  AmendBudget: {
    title: '调整年度财务计划（另凭决议）',
    marks: [],
    schema: z.strictObject({ year, resolution: key, reason: text, items }),
  },
} satisfies Record<string, CommandSpec>
