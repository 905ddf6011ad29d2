import { fenOf } from './money.ts'

const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖']
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿']

/**
 * 大写金额 of a yuan amount such as "1409.50" (会计基础工作规范 art. 52): 整 after 元 or 角, never after 分; a run of
 * zeros is read once; 零 is printed when 元 end in zero and 角 or 分 follow. A negative amount begins with 负.
 */
export function capitalAmount(amount: string): string {
  const fen = fenOf(amount)
  const size = Math.abs(fen)
  const whole = Math.floor(size / 100)
  const jiao = Math.floor(size / 10) % 10
  const cent = size % 10
  const head = whole > 0 ? `${integer(whole)}元` : ''
  return `${fen < 0 ? '负' : ''}${head}${fraction(whole, jiao, cent)}`
}

function fraction(whole: number, jiao: number, cent: number): string {
  if (jiao === 0 && cent === 0) return whole > 0 ? '整' : '零元整'
  const gap = whole > 0 && (jiao === 0 || whole % 10 === 0) ? '零' : ''
  const tenths = jiao > 0 ? `${DIGITS[jiao]}角` : ''
  return `${gap}${tenths}${cent > 0 ? `${DIGITS[cent]}分` : '整'}`
}

function integer(value: number): string {
  const groups: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 10_000)) groups.push(rest % 10_000)
  let text = ''
  let gap = false
  for (let index = groups.length - 1; index >= 0; index--) {
    const group = groups[index]!
    if (group === 0) {
      gap = true
      continue
    }
    if (text && (gap || group < 1000)) text += '零'
    text += `${fourDigits(group)}${GROUPS[index]}`
    gap = false
  }
  return text
}

function fourDigits(group: number): string {
  let text = ''
  let gap = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(group / 10 ** place) % 10
    if (digit === 0) {
      gap = text !== ''
      continue
    }
    text += `${gap ? '零' : ''}${DIGITS[digit]}${PLACES[place]}`
    gap = false
  }
  return text
}
