import { z } from 'zod'
import type { CommandSpec } from '../command.ts'
import { amount, day, key, rate, text, year } from '../fields.ts'
import { withholding } from './events.ts'

export const distributionCommands = {
  ComputeSurplus: { title: '核算可分配收益', marks: [], schema: z.strictObject({ year, on: day }) },
  SetReserveAside: {
    title: '提取公积公益金',
    marks: ['money'],
    schema: z.strictObject({ year, rate: rate.optional(), date: day }),
  },
  DeclareDividend: {
    title: '宣告分红：按登记日份额分到每个人',
    marks: ['money'],
    schema: z.strictObject({
      run: key,
      year,
      resolution: key,
      pool: amount.optional(),
      perShare: z
        .string()
        .regex(/^(0|[1-9]\d{0,8})(\.\d{1,4})?$/, '每股金额要写成 3800.00')
        .optional(),
      recordDate: day,
      date: day,
      fund: key.optional(),
      withholding: withholding.optional(),
    }),
  },
  WithdrawDividend: {
    title: '撤回未付的分红',
    marks: ['money'],
    schema: z.strictObject({ run: key, resolution: key, reason: text, date: day }),
  },
} satisfies Record<string, CommandSpec>
