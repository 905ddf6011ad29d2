import { fenOf } from '../../src/domain/money.ts'
import type { Plot } from './chart-plot.ts'
import { drawBars, drawLanes, drawLines, lanesHeight } from './chart-plot.ts'
import type { Sheet } from './document.ts'
import { inTenThousands } from './figures.ts'
import type { Style } from './ink.ts'
import { INK, SIZE } from './ink.ts'

/** Amounts over categories. Values are yuan strings `"1234.56"`, drawn and printed in 万元. */
export interface ChartData {
  readonly title: string
  readonly kind: 'bar' | 'line'
  /** e.g. 第一季度 … or 房租收入 …, in the order drawn. */
  readonly categories: readonly string[]
  /** One to four series; every one has a value per category. */
  readonly series: readonly { readonly name: string; readonly values: readonly string[] }[]
}

/** Told apart in grey, too: each is a good step lighter or darker than its neighbours. */
const COLORS = ['#8a2a2b', '#d0a45c', '#44596b', '#a9b3a6']

const TITLE: Style = { size: SIZE.小四, bold: true }
const SMALL: Style = { size: SIZE.小五, color: INK.quiet }

const TITLE_HEIGHT = 22
const LEGEND_HEIGHT = 18
const PLOT_HEIGHT = 150

/** Draws a chart at the cursor, whole on one page, and moves the cursor below it. */
export function drawChart(sheet: Sheet, data: ChartData): void {
  const plot = plotOf(data)
  const legend = data.series.length > 1 ? LEGEND_HEIGHT : 0
  const lanes = data.kind === 'bar' && plot.categories.length > 0 && !barsHaveRoom(sheet, plot)
  const body = lanes ? lanesHeight(sheet, plot) : bodyHeight(data, plot)
  sheet.ensure(TITLE_HEIGHT + legend + body + 16)
  sheet.text(data.title, sheet.left, sheet.y, TITLE)
  sheet.textRight('单位：万元', sheet.right, sheet.y + 3, SMALL)
  sheet.y += TITLE_HEIGHT
  if (legend) drawLegend(sheet, plot)
  const area = { x: sheet.left, y: sheet.y, width: sheet.width, height: PLOT_HEIGHT }
  if (plot.categories.length === 0)
    sheet.textCentre('没有可画的数据', (sheet.left + sheet.right) / 2, sheet.y + 8, SMALL)
  else if (lanes) drawLanes(sheet, plot, { ...area, height: body })
  else if (data.kind === 'bar') drawBars(sheet, plot, area)
  else drawLines(sheet, plot, area)
  sheet.y += body + 16
}

function plotOf(data: ChartData): Plot {
  if (data.series.length < 1 || data.series.length > COLORS.length)
    throw new RangeError('a chart has one to four series')
  const series = data.series.map(({ name, values }, i) => {
    if (values.length !== data.categories.length) throw new RangeError(`series ${name} lacks a value for each category`)
    return { name, color: COLORS[i]!, values: values.map(fenOf), labels: values.map(inTenThousands) }
  })
  return { categories: data.categories, series }
}

/** Upright bars need the width of their labels; otherwise the bars lie down, where there is always room. */
function barsHaveRoom(sheet: Sheet, plot: Plot): boolean {
  const slot = (sheet.width - 46) / plot.categories.length
  const label = Math.max(0, ...plot.series.flatMap(one => one.labels.map(text => sheet.measure(text, { size: 7.5 }))))
  const name = Math.max(0, ...plot.categories.map(text => sheet.measure(text, { size: 8.5 })))
  return label + 2 <= (slot * 0.86) / plot.series.length && name <= slot - 4
}

function bodyHeight(data: ChartData, plot: Plot): number {
  const tableUnderLines = data.kind === 'line' ? plot.series.length * 13 : 0
  return plot.categories.length === 0 ? 24 : PLOT_HEIGHT + 18 + tableUnderLines
}

function drawLegend(sheet: Sheet, plot: Plot): void {
  let x = sheet.left
  for (const { name, color } of plot.series) {
    sheet.fill([[x, sheet.y + 2, 9, 9]], color)
    sheet.text(name, x + 13, sheet.y + 2, SMALL)
    x += 13 + sheet.measure(name, SMALL) + 18
  }
  sheet.y += LEGEND_HEIGHT
}
