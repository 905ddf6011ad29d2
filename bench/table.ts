import { isLimit, type Row, reaches } from './row.ts'

const VERDICT = { true: 'reached', false: '**missed**', undefined: 'not measured' } as const

/** The rows as a Markdown table. */
export function markdown(rows: readonly Row[]): string {
  const head = ['id', 'what', 'ours', 'peer', 'against', 'ratio', 'floor', '', 'seen besides']
  const lines = rows.map(row => [
    `\`${row.id}\``,
    row.what,
    figure(row.ours, row.unit),
    figure(row.peer, row.unit),
    row.against,
    row.ratio === null ? '–' : `${row.ratio} ×`,
    row.floor === null
      ? 'none'
      : `${row.better === 'higher' ? '≥' : '≤'} ${row.floor} ${isLimit(row) ? row.unit : '×'}`,
    row.floor === null && row.ratio !== null ? 'reported' : VERDICT[`${reaches(row)}`],
    row.note ?? '',
  ])
  return [head, head.map(() => '---'), ...lines].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

function figure(value: number | null, unit: string): string {
  return value === null ? '–' : `${value.toLocaleString('en')} ${unit}`
}
