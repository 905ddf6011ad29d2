import { yuan } from '../../src/domain/money.ts'
import type { Sheet } from './document.ts'
import { inTenThousands } from './figures.ts'
import type { Style } from './ink.ts'
import { INK } from './ink.ts'
import { breakLines } from './text.ts'

/** Series in fen, ready to draw, with the labels printed for them. */
export interface Plot {
  readonly categories: readonly string[]
  readonly series: readonly {
    readonly name: string
    readonly color: string
    readonly values: readonly number[]
    readonly labels: readonly string[]
  }[]
}

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Width kept for the figures of the axis. */
const AXIS = 46

const TICK: Style = { size: 7.5, color: INK.quiet }
const VALUE: Style = { size: 7.5 }
const NAME: Style = { size: 8.5 }
const NAME_LINE = 11
const BAR_LINE = 12.5

/** Upright bars, grouped by category, each with its value at its end. */
export function drawBars(sheet: Sheet, plot: Plot, area: Area): void {
  const axis = drawAxis(sheet, plot, area)
  const slot = (area.width - AXIS) / plot.categories.length
  const group = slot * 0.86
  const bar = Math.min(group / plot.series.length, 46)
  plot.categories.forEach((category, c) => {
    const middle = area.x + AXIS + slot * (c + 0.5)
    const first = middle - (bar * plot.series.length) / 2
    plot.series.forEach(({ color, values, labels }, s) => {
      const top = axis(Math.max(0, values[c]!))
      const foot = axis(Math.min(0, values[c]!))
      const x = first + bar * s
      sheet.fill([[x + bar * 0.08, top, bar * 0.84, Math.max(foot - top, 0.4)]], color)
      sheet.textCentre(labels[c]!, x + bar / 2, values[c]! < 0 ? foot + 2 : top - 10, VALUE)
    })
    sheet.textCentre(category, middle, area.y + area.height + 5, NAME)
  })
}

/** Height of the bars that lie, names wrapped where they are long. */
export function lanesHeight(sheet: Sheet, plot: Plot): number {
  return lanesOf(sheet, plot).lanes.reduce((sum, lane) => sum + lane.height, 0)
}

/** Bars that lie: a category's name at the left, its values at the ends. */
export function drawLanes(sheet: Sheet, plot: Plot, area: Area): void {
  const { names, lanes } = lanesOf(sheet, plot)
  const labels = Math.max(...plot.series.flatMap(one => one.labels.map(text => sheet.measure(text, VALUE)))) + 6
  const most = Math.max(1, ...plot.series.flatMap(one => one.values.map(Math.abs)))
  const full = area.width - names - labels
  const start = area.x + names
  let top = area.y
  lanes.forEach((lane, c) => {
    lane.lines.forEach((line, i) => {
      sheet.text(line, area.x, top + (lane.height - lane.lines.length * NAME_LINE) / 2 + i * NAME_LINE + 1, NAME)
    })
    plot.series.forEach((one, s) => {
      const value = one.values[c]!
      const length = (Math.abs(value) / most) * full
      const y = top + (lane.height - plot.series.length * BAR_LINE) / 2 + s * BAR_LINE + 1.5
      sheet.fill([[start, y, Math.max(length, 0.4), 9.5]], one.color)
      sheet.text(one.labels[c]!, start + length + 4, y + 1, value < 0 ? { ...VALUE, color: INK.red } : VALUE)
    })
    top += lane.height
  })
  sheet.rule(start, area.y, start, top, { width: 0.6 })
}

function lanesOf(sheet: Sheet, plot: Plot) {
  const measure = (text: string) => sheet.measure(text, NAME)
  const names = Math.min(Math.max(...plot.categories.map(measure)) + 8, sheet.width * 0.4)
  const lanes = plot.categories.map(category => {
    const lines = breakLines(category, names - 6, measure)
    return { lines, height: Math.max(lines.length * NAME_LINE, plot.series.length * BAR_LINE) + 8 }
  })
  return { names, lanes }
}

/** Lines over the categories; their values stand in rows below, under the points they belong to. */
export function drawLines(sheet: Sheet, plot: Plot, area: Area): void {
  const axis = drawAxis(sheet, plot, area)
  const slot = (area.width - AXIS) / plot.categories.length
  const middle = (c: number) => area.x + AXIS + slot * (c + 0.5)
  plot.series.forEach(({ color, values, labels }, s) => {
    const points = values.map((value, c) => [middle(c), axis(value)] as const)
    if (points.length > 1) sheet.path(points, { width: 1.6, color })
    sheet.fill(
      points.map(([x, y]) => [x - 2.2, y - 2.2, 4.4, 4.4]),
      color,
    )
    const row = area.y + area.height + 20 + s * 13
    sheet.fill([[area.x + AXIS - 12, row, 7, 7]], color)
    labels.forEach((label, c) => {
      sheet.textCentre(label, middle(c), row, { size: sizeFor(sheet, label, slot - 3) })
    })
  })
  plot.categories.forEach((category, c) => {
    sheet.textCentre(category, middle(c), area.y + area.height + 5, { size: sizeFor(sheet, category, slot - 3) })
  })
}

/** Draws the value axis in 万元 and gives the height of a value in fen. */
function drawAxis(sheet: Sheet, plot: Plot, area: Area): (fen: number) => number {
  const values = plot.series.flatMap(one => one.values)
  const { low, high, step } = niceScale(Math.min(0, ...values), Math.max(0, ...values))
  const headroom = 12
  const height = (fen: number) =>
    area.y + headroom + ((high - fen) / (high - low)) * (area.height - headroom - (low < 0 ? headroom : 0))
  for (let tick = low; tick <= high; tick += step) {
    const y = height(tick)
    const isZero = tick === 0
    sheet.rule(area.x + AXIS, y, area.x + area.width, y, isZero ? { width: 0.8 } : { width: 0.4, color: INK.hairline })
    sheet.textRight(inTenThousands(yuan(tick)).replace(/\.00$/, ''), area.x + AXIS - 5, y - 4, TICK)
  }
  return height
}

/** Ends and steps that are round numbers of 万元: 1, 2 or 5 times a power of ten. */
function niceScale(least: number, most: number): { low: number; high: number; step: number } {
  const rough = Math.max((most - least) / 4, 10_000)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (rough / power <= 1 ? 1 : rough / power <= 2 ? 2 : rough / power <= 5 ? 5 : 10)
  return { low: Math.floor(least / step) * step, high: Math.max(Math.ceil(most / step), 1) * step, step }
}

function sizeFor(sheet: Sheet, text: string, width: number): number {
  const wide = sheet.measure(text, { size: 7.5 })
  return wide <= width ? 7.5 : Math.max(4.5, (7.5 * width) / wide)
}
