import { chineseDay, yearOf } from '../calendar.ts'
import type { Decisions } from '../command.ts'
import type { Desk } from '../desk.ts'
import { add, type Fen, fenOf, yuan } from '../money.ts'
import { refuse } from '../refusal.ts'
import { type DraftLine, type Voucher, voucherLabel } from '../voucher.ts'
import type { booksCommands } from './commands.ts'
import { drafted, leaveToBusinessCommands, oneColour } from './manual.ts'
import type { Books } from './state.ts'

type Corrections = Pick<Decisions<typeof booksCommands>, 'CorrectAmounts' | 'CorrectPriorYear'>

/** Corrections that leave the original standing (会计基础工作规范 art. 51(5)). */
export const decideCorrections: Corrections = {
  // An amount alone was wrong, in a year still open: the difference is booked, in red when too much had been.
  CorrectAmounts(desk, { number, date, reason, amounts }) {
    const original = correctable(desk, number, date)
    if (isClosed(desk.state.books, original)) priorYear(number)
    const lines = differences(desk.state.books, original, amounts)
    const manual = lines.map(({ debit, credit, ...line }) => ({
      ...line,
      ...(debit === undefined ? {} : { debit: yuan(debit) }),
      ...(credit === undefined ? {} : { credit: yuan(credit) }),
    }))
    oneColour(number, manual)
    leaveToBusinessCommands(desk, manual)
    const summary = `更正${labelled(original)}金额：${reason}`
    desk.emit('VoucherPosted', { voucher: desk.voucher({ date, summary, corrects: number, lines }) })
  },

  // An error of a closed year is made good by a blue voucher of this one; the closed year stays as it was.
  CorrectPriorYear(desk, { number, date, reason, summary, attachments, lines }) {
    const original = correctable(desk, number, date)
    if (!isClosed(desk.state.books, original))
      refuse(
        'YearOpen',
        `${voucherLabel(number)}所在年度还没有结账，请用红字冲销或差额更正。`,
        '会计基础工作规范 art. 51(5)',
      )
    leaveToBusinessCommands(desk, lines)
    const text = summary ?? `订正${labelled(original)}凭证：${reason}`
    const draft = { date, summary: text, attachments, corrects: number, lines: drafted(lines) }
    desk.emit('VoucherPosted', { voucher: desk.voucher(draft) })
  },
}

function correctable(desk: Desk, number: string, date: string): Voucher {
  const original = desk.state.books.vouchers.get(number)
  if (!original) refuse('VoucherUnknown', `没有 ${number} 这张凭证。`)
  if (original.event.type !== 'VoucherPosted' || original.voucher.corrects)
    refuse('NotCorrectable', `${voucherLabel(number)}不是手工录入的原始凭证，请用它自己的命令更正。`)
  if (original.reversedBy)
    refuse('AlreadyReversed', `${voucherLabel(number)}已由 ${voucherLabel(original.reversedBy)}冲销。`)
  if (date < original.voucher.date)
    refuse('DateBeforeOriginal', `更正日期不能早于原凭证日期${chineseDay(original.voucher.date)}。`)
  return original.voucher
}

const isClosed = ({ closedYears }: Books, { date }: Voucher): boolean =>
  [...closedYears].some(year => year >= yearOf(date))

function priorYear(number: string): never {
  return refuse(
    'YearClosed',
    `${voucherLabel(number)}在已经结账的年度，请在本年度用蓝字填制更正凭证（CorrectPriorYear）。`,
    '会计基础工作规范 art. 51(5)',
  )
}

// Against what the original and its earlier corrections have booked on each line.
function differences(
  books: Books,
  original: Voucher,
  amounts: readonly { line: number; amount: string }[],
): DraftLine[] {
  const earlier = [...books.vouchers.values()].filter(({ voucher }) => voucher.corrects === original.number)
  const lines: DraftLine[] = []
  for (const { line: place, amount } of amounts) {
    const line = original.lines[place - 1]
    if (!line) refuse('LineUnknown', `${voucherLabel(original.number)}没有第 ${place} 行。`)
    if (line.breakdown) refuse('NotCorrectable', '按人分列的行不能改金额，请整张冲销后重录。')
    const side = line.debit === undefined ? 'credit' : 'debit'
    const same = (other: Voucher['lines'][number]) =>
      other.account === line.account && other.fund === line.fund && other.counterparty === line.counterparty
    const booked = earlier
      .flatMap(({ voucher }) => voucher.lines.filter(same))
      .reduce((sum, other) => add(sum, fenOf(other[side] ?? '0.00')), fenOf(line[side] ?? '0.00'))
    const difference: Fen = fenOf(amount) - booked
    if (difference === 0) continue
    const { account, fund, counterparty, project, lease } = line
    lines.push({ account, fund, counterparty, project, lease, [side]: difference })
  }
  if (lines.length === 0) refuse('NothingToCorrect', `${voucherLabel(original.number)}的金额本来就是这样，没有差额。`)
  return lines
}

const labelled = ({ date, number }: Voucher): string => `${chineseDay(date)} ${voucherLabel(number)}`
