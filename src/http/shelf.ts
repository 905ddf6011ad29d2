/** A few made things kept by key, the least lately used thrown away first. */
export type Shelf<T> = { take(key: string, make: () => T): T }

/** An empty shelf for at most `most` things; what fails, at once or later, is not kept. */
export function createShelf<T>(most: number): Shelf<T> {
  const kept = new Map<string, T>()
  return {
    take(key, make) {
      const thing = kept.get(key) ?? make()
      kept.delete(key)
      kept.set(key, thing)
      if (kept.size > most) kept.delete(kept.keys().next().value!)
      if (thing instanceof Promise) thing.catch(() => kept.delete(key))
      return thing
    },
  }
}
