// The rows of the entry grid: what is in them, what they add up to, and what is still missing.
import { equip } from './look-up.js'

export const FIELDS = ['account', 'debit', 'credit', 'counterparty', 'fund', 'project', 'lease']
export const form = document.querySelector('form.entry')
export const data = JSON.parse(document.getElementById('entry-data').textContent)
export const accounts = new Map(data.choices.account)
const body = form.querySelector('tbody')
const save = form.querySelector('[data-save]')
const why = document.getElementById('why')
const MOST_LINES = 200
const emptyRow = body.rows[body.rows.length - 1].cloneNode(true)

export const rows = () => [...body.rows]
export const at = (row, field) => row.querySelector(`[data-field=${field}]`)
export const textIn = (row, field) => at(row, field).value.trim()
export const isAmount = input => input.dataset.field === 'debit' || input.dataset.field === 'credit'
const isEmpty = row => FIELDS.every(field => textIn(row, field) === '')

/** Fen of what is typed; undefined for what is no amount. */
export function fen(text) {
  const plain = text.normalize('NFKC').replace(/[\s,，¥￥]/g, '')
  return /^-?(0|[1-9]\d{0,10})(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : undefined
}
/** `1234.50` of fen. */
export const yuan = amount =>
  `${amount < 0 ? '-' : ''}${Math.floor(Math.abs(amount) / 100)}.${String(Math.abs(amount) % 100).padStart(2, '0')}`
const grouped = amount => yuan(amount).replace(/\B(?=(\d{3})+\.)/g, ',')
/** Fen of one side, one field left out if given. */
export const sum = (side, but) =>
  rows().reduce((all, row) => (at(row, side) === but ? all : all + (fen(textIn(row, side)) ?? 0)), 0)

/** What keeps the voucher from being saved: the field it is about, and a sentence. */
export function hindrance() {
  const used = rows().filter(row => !isEmpty(row))
  if (form.date.value === '') return [form.date, '还没有填日期']
  if (form.summary.value.trim() === '') return [form.summary, '还没有填摘要']
  for (const row of used) {
    const trouble = troubleOf(row)
    if (trouble) return [at(row, trouble[0]), `第 ${rows().indexOf(row) + 1} 行${trouble[1]}`]
  }
  if (used.length < 2) return [at(rows()[used.length], 'account'), '至少要有两行分录']
  const difference = sum('debit') - sum('credit')
  if (difference === 0) return undefined
  const open = rows().find(isEmpty)
  return [open ? at(open, 'account') : at(used.at(-1), 'debit'), `借贷不平，差 ${grouped(Math.abs(difference))} 元`]
}

/** The code of an account by its code or its name; undefined for none. */
export const codeOf = text =>
  accounts.has(text) ? text : [...accounts].find(([, name]) => name === text || name.endsWith(`-${text}`))?.[0]

function troubleOf(row) {
  const [debit, credit] = [textIn(row, 'debit'), textIn(row, 'credit')]
  if (textIn(row, 'account') === '') return ['account', '没有科目']
  const account = textIn(row, 'account')
  if (codeOf(account) === undefined) return ['account', `的科目“${account}”不在科目表里，请按 F7 查找`]
  if (debit === '' && credit === '') return ['debit', '没有金额']
  if (debit !== '' && credit !== '') return ['credit', '借贷两边都填了，只能填一边']
  const side = debit === '' ? 'credit' : 'debit'
  const amount = fen(debit || credit)
  if (amount === undefined) return [side, '金额要写成 1234.56 的样子']
  if (amount < 0) return [side, '是红字：错账请在原凭证上用“红字冲销”或“差额更正”']
  return amount === 0 ? [side, '金额是零'] : undefined
}

/** Numbers the rows, adds them up, and says whether they can be saved. */
export function refresh() {
  for (const [index, row] of rows().entries()) number(row, index + 1)
  const [debit, credit] = [sum('debit'), sum('credit')]
  form.querySelector('[data-sum=debit]').textContent = grouped(debit)
  form.querySelector('[data-sum=credit]').textContent = grouped(credit)
  const difference = form.querySelector('[data-difference]')
  const even = debit === credit && debit > 0
  difference.firstElementChild.textContent = `${grouped(debit - credit)}${even ? ' ✓' : ''}`
  difference.classList.toggle('red', debit !== credit)
  const hindered = hindrance()
  save.setAttribute('aria-disabled', String(hindered !== undefined))
  why.textContent = hindered
    ? `还不能保存：${hindered[1]}。`
    : '可以保存。凭证号在入账时自动编；付款、冲销要另一个人复核。'
}

function number(row, no) {
  row.querySelector('.no').textContent = no
  for (const field of FIELDS) {
    const input = at(row, field)
    input.name = `${field}${no}`
    const hint = input.labels[0]?.querySelector('.hide')
    if (hint) hint.textContent = `，第 ${no} 行`
    if (isAmount(input)) input.classList.toggle('red', input.value.trim().startsWith('-'))
  }
  const account = textIn(row, 'account')
  row.querySelector('.called').textContent = accounts.get(account) ?? ''
}

/** An empty row before another one, or at the end. */
export function newRow(before) {
  if (rows().length >= MOST_LINES) return rows().at(-1)
  const row = emptyRow.cloneNode(true)
  for (const input of row.querySelectorAll('input')) input.value = ''
  for (const input of row.querySelectorAll('input[list]')) equip(input)
  body.insertBefore(row, before ?? null)
  return row
}

/** Puts lines into the grid and leaves one row empty below them. */
export function fill(lines) {
  const wanted = Math.max(lines.length + 1, window.innerWidth < 640 ? 3 : 6)
  while (rows().length < wanted && rows().length < MOST_LINES) newRow()
  for (const row of rows().slice(wanted)) row.remove()
  for (const [index, row] of rows().entries()) {
    for (const field of FIELDS) at(row, field).value = lines[index]?.[field] ?? ''
  }
}

/** The lines that are not empty. */
export const typed = () =>
  rows()
    .filter(row => !isEmpty(row))
    .map(row => Object.fromEntries(FIELDS.map(field => [field, textIn(row, field)])))

/** Takes a block from a spreadsheet from a field on; its first column may be the summary, which a voucher has once. */
export function fillBlock(cells, start, field) {
  const named = text => codeOf(text) !== undefined
  const summarised = field === 'account' && !named(cells[0][0].trim()) && named((cells[0][1] ?? '').trim())
  if (summarised && form.summary.value === '') form.summary.value = cells[0][0].trim()
  let row = start
  for (const line of cells) {
    const values = summarised ? line.slice(1) : line
    for (const [index, value] of values.entries()) {
      const input = at(row, FIELDS[FIELDS.indexOf(field) + index] ?? 'lease')
      const amount = isAmount(input) ? fen(value) : undefined
      input.value =
        amount === undefined
          ? input.dataset.field === 'account'
            ? (codeOf(value.trim()) ?? value.trim())
            : value.trim()
          : amount === 0
            ? ''
            : yuan(amount)
    }
    row = row.nextElementSibling ?? newRow()
  }
}
