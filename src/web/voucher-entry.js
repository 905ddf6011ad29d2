// The entry grid as accountants have it in their fingers. The form works without this; here it grows rows, adds up, says
// what is still missing, keeps a draft, takes what is copied from a spreadsheet, and knows the keys.
import {
  at,
  data,
  FIELDS,
  fill,
  fillBlock,
  form,
  hindrance,
  isAmount,
  newRow,
  refresh,
  rows,
  sum,
  textIn,
  typed,
  yuan,
} from './entry-grid.js'
import { equip, lookUp, takesKey } from './look-up.js'

const save = form.querySelector('[data-save]')
const DRAFT = `mingzhang-draft-${form.dataset.coop}`
const LAST = `mingzhang-last-${form.dataset.coop}`
const WEEK_MS = 7 * 24 * 3_600_000
let changed = false
/** What the voucher before this one said. */
const last = () => JSON.parse(localStorage.getItem(LAST) ?? '{}')

function keepDraft() {
  changed = true
  const { date, summary, attachments, key } = form
  const head = { date: date.value, summary: summary.value, attachments: attachments.value, key: key.value }
  localStorage.setItem(DRAFT, JSON.stringify({ at: Date.now(), ...head, lines: typed() }))
}

// The draft keeps its form's key: what was saved although the answer got lost is not booked twice.
function takeUpDraft() {
  const draft = JSON.parse(localStorage.getItem(DRAFT) ?? 'null')
  if (!draft || Date.now() - draft.at > WEEK_MS || (draft.lines.length === 0 && draft.summary === '')) return
  for (const name of ['date', 'summary', 'attachments', 'key']) form[name].value = draft[name]
  fill(draft.lines)
  changed = true
  const note = document.createElement('p')
  note.className = 'note'
  note.setAttribute('role', 'status')
  const drop = document.createElement('button')
  drop.type = 'button'
  drop.className = 'button'
  drop.textContent = '丢弃，重新填'
  drop.addEventListener('click', startAnew)
  note.append('这是上次没有保存的凭证，已经恢复。', drop)
  form.before(note)
}

function startAnew() {
  localStorage.removeItem(DRAFT)
  changed = false
  location.assign(location.pathname)
}

// Enter goes along the line, and after an amount to the next line; Tab visits every field.
function next(input) {
  const row = input.closest('tr')
  if (!row)
    return input.id === 'date' ? form.summary : input.id === 'summary' ? form.attachments : at(rows()[0], 'account')
  const field = input.dataset.field
  const following = FIELDS[FIELDS.indexOf(field) + 1]
  if (field === 'account' || (field === 'debit' && input.value.trim() === '')) return at(row, following)
  const ends = isAmount(input) || following === undefined
  return ends ? at(row.nextElementSibling ?? newRow(), 'account') : at(row, following)
}

function go(input) {
  input?.focus()
  input?.select?.()
}

function balance(input) {
  const isDebit = input.dataset.field === 'debit'
  const row = input.closest('tr')
  const other = at(row, isDebit ? 'credit' : 'debit')
  other.value = ''
  const missing = isDebit ? sum('credit') - sum('debit', input) : sum('debit') - sum('credit', input)
  input.value = missing > 0 ? yuan(missing) : ''
  if (missing < 0) other.value = yuan(-missing)
  if (missing < 0) go(other)
}

function flip(input) {
  const other = at(input.closest('tr'), input.dataset.field === 'debit' ? 'credit' : 'debit')
  ;[input.value, other.value] = [other.value, input.value]
  go(other)
}

function copyDown(input) {
  const row = input.closest('tr')
  if (input.value !== '..' && input.value !== '//') return
  const source = input.value === '..' ? row?.previousElementSibling : rows()[0]
  if (row) input.value = source && source !== row ? textIn(source, input.dataset.field) : ''
  else input.value = last().summary ?? ''
}

function turnDay(days) {
  const day = new Date(`${form.date.value || today()}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + days)
  form.date.value = day.toISOString().slice(0, 10)
}
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

// The keys that belong to one field.
function fieldKey(event, input) {
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey
  if (input.id === 'date' && plain && ['+', '=', '-', 't'].includes(event.key)) {
    if (event.key === 't') form.date.value = today()
    else turnDay(event.key === '-' ? -1 : 1)
  } else if (isAmount(input) && ((plain && event.key === '=') || (event.ctrlKey && event.key === 'F7'))) balance(input)
  else if (isAmount(input) && plain && event.key === ' ') flip(input)
  else if (event.key === 'Enter' && plain) go(next(input))
  else if (['F7', 'F2'].includes(event.key) && plain && input.dataset.field) lookUp(input, input.value.trim() === '')
  else if (event.ctrlKey && ['d', 'i'].includes(event.key.toLowerCase()) && input.closest('tr'))
    changeRows(event, input)
  else return false
  return true
}

function changeRows(event, input) {
  const row = input.closest('tr')
  const { field } = input.dataset
  if (event.key.toLowerCase() === 'i') return go(at(newRow(row), 'account'))
  const near = row.nextElementSibling ?? row.previousElementSibling
  row.remove()
  if (rows().length < 2) newRow()
  go(at(near ?? rows()[0], field))
}

// The keys that are meant wherever one is.
function pageKey(event) {
  const template = document.getElementById('template')
  if (event.key === 'F8' || (event.ctrlKey && event.key.toLowerCase() === 's')) form.requestSubmit(save)
  else if (event.key === 'F4' && template) {
    template.focus()
    template.showPicker?.()
  } else if (event.altKey && event.key.toLowerCase() === 'n') {
    if (!changed || confirm('这张凭证还没有保存，确定另开一张？')) startAnew()
  } else if (event.key === '?' && !/^(summary|counterparty|project)/.test(event.target.name ?? '')) {
    const keys = document.getElementById('keys')
    keys.open = !keys.open
    if (keys.open) keys.scrollIntoView({ block: 'nearest' })
  } else return false
  return true
}

document.addEventListener('keydown', event => {
  const input = event.target
  if (event.isComposing) return
  if (!form.contains(input) || !(input instanceof HTMLInputElement) || !gridKey(event, input)) {
    if (pageKey(event)) event.preventDefault()
    return
  }
  if (event.key !== 'Tab') event.preventDefault()
  refresh()
  keepDraft()
})

function gridKey(event, input) {
  const listed = takesKey(event)
  if (listed === 'taken') go(next(input))
  return listed || fieldKey(event, input)
}

form.addEventListener('input', ({ target }) => {
  copyDown(target)
  if (target.getAttribute('role') === 'combobox') lookUp(target)
  refresh()
  keepDraft()
})

form.addEventListener('paste', event => {
  const text = event.clipboardData.getData('text/plain').replace(/\r?\n$/, '')
  const start = event.target.closest('tr')
  if (!start || !/[\t\n]/.test(text)) return
  event.preventDefault()
  fillBlock(
    text.split(/\r?\n/).map(line => line.split('\t')),
    start,
    event.target.dataset.field,
  )
  refresh()
  keepDraft()
})

form.addEventListener('submit', event => {
  const hindered = hindrance()
  if (hindered) {
    event.preventDefault()
    go(hindered[0])
    return
  }
  const { date, summary, clerk } = form
  localStorage.setItem(LAST, JSON.stringify({ date: date.value, summary: summary.value, clerk: clerk?.value }))
  changed = false
})
document.getElementById('template')?.addEventListener('change', ({ target }) => {
  const template = data.templates.find(({ id }) => id === target.value)
  if (!template || (typed().length > 0 && !confirm('已经填了分录，确定换成常用凭证？'))) return
  form.summary.value = template.summary
  fill(template.lines.map(({ side, amount = '', ...line }) => ({ ...line, [side]: amount })))
  refresh()
  keepDraft()
  go(rows().flatMap(row => ['debit', 'credit'].map(side => at(row, side)))[0])
})
document.querySelector('.menu form')?.addEventListener('submit', () => {
  localStorage.removeItem(DRAFT)
  localStorage.removeItem(LAST)
})
addEventListener('beforeunload', event => changed && event.preventDefault())

for (const input of form.querySelectorAll('tbody input[list]')) equip(input)
if ('done' in form.dataset) {
  // The next one of a pile bears mostly the same day and the same name.
  localStorage.removeItem(DRAFT)
  form.date.value = last().date ?? form.date.value
  if (form.clerk && last().clerk) form.clerk.value = last().clerk
}
fill(typed())
if (form.dataset.fresh === 'yes') takeUpDraft()
refresh()
if (!matchMedia('(pointer: coarse)').matches) go(form.summary.value === '' ? form.summary : at(rows()[0], 'account'))
