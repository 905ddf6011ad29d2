import { Unstorable } from './errors.ts'

/** The JSON text of a payload; refuses what parse and stringify would not give back unchanged. */
export function encodePayload(payload: unknown): string {
  const fault = faultOf(payload)
  if (fault) throw new Unstorable(`data${fault.path}`, fault.reason)
  return JSON.stringify(payload)
}

/** What cannot be stored; its path is put together only once something is wrong. */
interface Fault {
  readonly path: string
  readonly reason: string
}

function faultOf(value: unknown): Fault | undefined {
  if (typeof value === 'string') return textFault(value)
  if (typeof value === 'number') return numberFault(value)
  if (typeof value === 'boolean' || value === null) return undefined
  if (Array.isArray(value)) return arrayFault(value)
  if (typeof value === 'object') return objectFault(value)
  return { path: '', reason: `a value of type ${typeof value}` }
}

/** A lone surrogate has no UTF-8 bytes of its own. */
function textFault(text: string): Fault | undefined {
  return text.isWellFormed() ? undefined : { path: '', reason: 'a lone surrogate' }
}

/** Amounts, rates and shares are decimal strings; a number in an event is a count. */
function numberFault(value: number): Fault | undefined {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return undefined
  return { path: '', reason: 'a number that is no safe integer' }
}

function arrayFault(items: readonly unknown[]): Fault | undefined {
  for (let index = 0; index < items.length; index++) {
    const fault = faultOf(items[index])
    if (fault) return { path: `[${index}]${fault.path}`, reason: fault.reason }
  }
  return undefined
}

function objectFault(value: object): Fault | undefined {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return { path: '', reason: 'an object that is not plain' }
  if ('toJSON' in value) return { path: '', reason: 'an object with toJSON' }
  // Twice as fast as Object.entries; a plain object inherits nothing that could be counted here.
  for (const key in value) {
    const fault = keyFault(key) ?? faultOf((value as Record<string, unknown>)[key])
    if (fault) return { path: `.${key}${fault.path}`, reason: fault.reason }
  }
  return undefined
}

/** JavaScript puts integer-like keys first whatever their order was, and `__proto__` is not a key like others. */
function keyFault(key: string): Fault | undefined {
  if (key === '__proto__') return { path: '', reason: 'a key named __proto__' }
  if (startsWithDigit(key) && /^\d+$/.test(key)) return { path: '', reason: 'an integer-like key' }
  return textFault(key)
}

function startsWithDigit(text: string): boolean {
  const code = text.charCodeAt(0)
  return code >= 48 && code <= 57
}
