/** The middle value; of an even number the lower of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}

/** Seconds that the work takes. */
export async function seconds(work: () => unknown): Promise<number> {
  const from = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - from) / 1e9
}

/** What both sides took: median seconds of a round, and the median of the rounds' own ratios (ours over the peer's). */
export type Sides = { ours: number; peer: number; ratio: number }

/**
 * Runs both sides in turns on what `prepare` made (untimed), the order swapped every round; a machine that slows for a
 * while slows both. The first round warms up and is not counted.
 */
export async function interleaved<T>(
  rounds: number,
  prepare: (round: number) => T | Promise<T>,
  ours: (prepared: T) => unknown,
  peer: (prepared: T) => unknown,
): Promise<Sides> {
  const times: { ours: number; peer: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    const prepared = await prepare(round)
    const early = round % 2 === 1 ? await seconds(() => peer(prepared)) : undefined
    const mine = await seconds(() => ours(prepared))
    const time = { ours: mine, peer: early ?? (await seconds(() => peer(prepared))) }
    if (round > 0) times.push(time)
  }
  return {
    ours: median(times.map(time => time.ours)),
    peer: median(times.map(time => time.peer)),
    ratio: median(times.map(time => time.ours / time.peer)),
  }
}
