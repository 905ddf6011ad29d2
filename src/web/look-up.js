// The look-up beside the fields of the entry grid: a list under the field, by code, name and pinyin initials, chosen with
// the arrows and Enter or with a finger. Without it the browser's own list does a part of this.

const data = JSON.parse(document.getElementById('entry-data')?.textContent ?? '{"choices":{}}')
const MOST = 12

// The first character of each initial in the order of pinyin.
const FIRSTS = [...'阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀']
const LETTERS = 'abcdefghjklmnopqrstwxyz'
const order = new Intl.Collator('zh-Hans-CN-u-co-pinyin')

function initialOf(character) {
  if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase()
  let at = -1
  while (at + 1 < FIRSTS.length && order.compare(FIRSTS[at + 1], character) <= 0) at += 1
  return LETTERS[at] ?? ''
}

const initials = text => [...text.replace(/[^\p{L}\p{N}]/gu, '')].map(initialOf).join('')

const lists = Object.fromEntries(
  Object.entries(data.choices).map(([field, choices]) => [
    field,
    choices.map(([value, name]) => ({ value, name, keys: initials(name), tail: initials(name.split('-').at(-1)) })),
  ]),
)

function rank({ value, name, keys, tail }, sought) {
  if (value.toLowerCase().startsWith(sought)) return 0
  if (tail.startsWith(sought) || name.split('-').at(-1).startsWith(sought)) return 1
  if (name.includes(sought) || keys.startsWith(sought)) return 2
  return keys.includes(sought) ? 3 : 9
}

function found(field, sought) {
  const all = lists[field] ?? []
  if (sought === '') return all
  return all
    .map(choice => [rank(choice, sought.toLowerCase()), choice])
    .filter(([place]) => place < 9)
    .sort(([a], [b]) => a - b)
    .map(([, choice]) => choice)
}

const box = document.createElement('ul')
box.id = 'look-up'
box.className = 'look-up'
box.setAttribute('role', 'listbox')
box.setAttribute('aria-label', '查找结果')
box.hidden = true
// Inside the content, so that who reads by landmarks finds it.
document.getElementById('content').append(box)
let field
let chosen = -1
let asked = 0

/** Whether the list is open, so that Enter chooses from it instead of leaving the field. */
export const isOpen = () => !box.hidden && chosen >= 0

function close() {
  box.hidden = true
  chosen = -1
  field?.setAttribute('aria-expanded', 'false')
  field?.removeAttribute('aria-activedescendant')
}

function mark(index) {
  chosen = Math.max(0, Math.min(index, box.children.length - 1))
  for (const [at, item] of [...box.children].entries()) item.setAttribute('aria-selected', String(at === chosen))
  const item = box.children[chosen]
  item?.scrollIntoView({ block: 'nearest' })
  if (item) field.setAttribute('aria-activedescendant', item.id)
}

function show(choices) {
  box.replaceChildren(
    ...choices.slice(0, 200).map(({ value, name }, index) => {
      const item = document.createElement('li')
      item.id = `look-up-${index}`
      item.setAttribute('role', 'option')
      item.dataset.value = value
      const code = document.createElement('b')
      code.textContent = value
      item.append(code, name === value ? '' : ` ${name}`)
      return item
    }),
  )
  box.hidden = choices.length === 0
  if (box.hidden) return close()
  const { left, bottom, width } = field.getBoundingClientRect()
  const screen = document.documentElement.clientWidth - 8
  const from = Math.max(8, Math.min(left, screen - Math.max(width, 260)))
  box.style.left = `${from + window.scrollX}px`
  box.style.top = `${bottom + window.scrollY + 2}px`
  box.style.minWidth = `${Math.min(Math.max(width, 260), screen - from)}px`
  box.style.maxWidth = `${screen - from}px`
  field.setAttribute('aria-expanded', 'true')
  mark(0)
}

/** Opens the list for a field: all of it, or what fits the text in it. */
export async function lookUp(input, all = false) {
  field = input
  const sought = all ? '' : input.value.trim()
  const choices = found(input.dataset.field, sought)
  show(all ? choices : choices.slice(0, MOST))
  if (input.dataset.field !== 'counterparty' || !/\p{Script=Han}/u.test(input.value)) return
  const people = await peopleNamed(input)
  if (people.length > 0 && field === input && document.activeElement === input)
    show([...people, ...choices].slice(0, MOST))
}

async function peopleNamed(input) {
  asked += 1
  const mine = asked
  const body = new URLSearchParams({ sought: input.value.trim() })
  const answer = await fetch(input.form.dataset.people, { method: 'POST', body }).catch(() => undefined)
  if (!answer?.ok || mine !== asked) return []
  const { people } = await answer.json()
  return people.map(({ code, name }) => ({ value: code, name }))
}

function take(index) {
  const { value } = box.children[index]?.dataset ?? {}
  if (value === undefined) return
  field.value = value
  close()
  field.dispatchEvent(new Event('input', { bubbles: true }))
  close()
}

/** Takes a key that is the list's own; true when it was. */
export function takesKey(event) {
  if (box.hidden) return false
  if (event.key === 'ArrowDown') mark(chosen + 1)
  else if (event.key === 'ArrowUp') mark(chosen - 1)
  else if (event.key === 'Escape') close()
  else if (event.key === 'Enter' || event.key === 'Tab') {
    take(chosen)
    return event.key === 'Enter' && 'taken'
  } else return false
  return true
}

box.addEventListener('mousedown', event => {
  event.preventDefault()
  const item = event.target.closest('li')
  if (item) take([...box.children].indexOf(item))
})
document.addEventListener('focusout', ({ target }) => target === field && close())

/** Makes a field one with a look-up. */
export function equip(input) {
  if (!lists[input.dataset.field]) return
  input.removeAttribute('list')
  for (const [name, value] of [
    ['role', 'combobox'],
    ['aria-autocomplete', 'list'],
    ['aria-expanded', 'false'],
    ['aria-controls', box.id],
  ])
    input.setAttribute(name, value)
}
