const DEEPEST = 32

/** Why a text is not the JSON we take: broken, too deep, or a key that occurs twice or would reach a prototype. */
export class JsonTrouble extends Error {}

/** Parses JSON; throws JsonTrouble for more than 32 levels, a repeated key, or `__proto__`, which JSON.parse lets pass. */
export function parseStrictly(text: string): unknown {
  checkKeys(text)
  try {
    return JSON.parse(text)
  } catch {
    throw new JsonTrouble('不是正确的 JSON')
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs

// One pass over strings and brackets; what lies between them JSON.parse judges.
function checkKeys(text: string): void {
  const open: (Set<string> | undefined)[] = []
  let last = ''
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : undefined)
      if (open.length > DEEPEST) throw new JsonTrouble(`层次太深，最多 ${DEEPEST} 层`)
    } else if (token === '}' || token === ']') open.pop()
    else if (token === ':') checkKey(open.at(-1), last)
    last = token
  }
}

function checkKey(keys: Set<string> | undefined, token: string): void {
  if (!keys || !token.startsWith('"')) throw new JsonTrouble('不是正确的 JSON')
  const key = keyOf(token)
  if (key === '__proto__') throw new JsonTrouble('不能用 __proto__ 作字段名')
  if (keys.has(key)) throw new JsonTrouble(`字段 ${key.slice(0, 40)} 出现了两次`)
  keys.add(key)
}

function keyOf(token: string): string {
  try {
    return JSON.parse(token)
  } catch {
    throw new JsonTrouble('不是正确的 JSON')
  }
}
