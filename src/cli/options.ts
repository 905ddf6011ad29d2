import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { periodOf } from '../domain/calendar.ts'
import { key } from '../domain/fields.ts'

/** What every command takes. */
export type Common = { data: string; json?: boolean }

/** Adds `--data` and `--json`, which every command takes, and gives the command back. */
export function common(command: Command, data = './data'): Command {
  return command.option('--data <DIR>', '数据目录', data).option('--json', '结果和错误都用 JSON 写')
}

/** Adds the required `--coop`. */
export function ofCoop(command: Command): Command {
  return command.requiredOption('--coop <CODE>', '组织编号', coopCode)
}

function coopCode(text: string): string {
  if (!key.safeParse(text).success) throw new InvalidArgumentError('编号只能用字母、数字、汉字和短横，不超过 60 字。')
  return text
}

/** Reads an option that is a whole number within bounds. */
export function wholeNumber(from: number, to: number): (text: string) => number {
  return text => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= from && value <= to)) throw new InvalidArgumentError(`要写 ${from} 到 ${to} 之间的整数。`)
    return value
  }
}

/** Reads an option written `2025-12`, `2025Q4` or `2025`. */
export function period(text: string): string {
  if (!periodOf(text)) throw new InvalidArgumentError('期间要写成 2025-12、2025Q4 或 2025。')
  return text
}

/** Reads an option written `2025Q4`. */
export function quarter(text: string): string {
  if (!/^(19|20)\d\dQ[1-4]$/.test(text)) throw new InvalidArgumentError('季度要写成 2025Q4。')
  return text
}

/** Reads an option that is one of the given words. */
export function oneOf(...words: readonly string[]): (text: string) => string {
  return text => {
    if (!words.includes(text)) throw new InvalidArgumentError(`只能是 ${words.join('、')}。`)
    return text
  }
}
