import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// developers.cloudflare.com/workers/platform/limits: 64 MiB on every plan (10 MB compressed on older pages), 1 s to start.
const MOST_KIB = 64 * 1024
const LONGEST_MS = 1000

test('the bundle and its start-up are within what the platform allows', () => {
  const { kib, gzipKib, activeMs } = figures(startup())
  console.log(`bundle ${kib} KiB of ${MOST_KIB}, gzip ${gzipKib} KiB; start-up ${activeMs} ms of ${LONGEST_MS}`)
  expect(kib).toBeGreaterThan(20_000)
  expect(kib).toBeLessThan(MOST_KIB)
  expect(activeMs).toBeLessThan(LONGEST_MS)
})

function startup(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mingzhang-'))
  try {
    const args = ['node_modules/wrangler/bin/wrangler.js', 'check', 'startup', '--outfile', join(folder, 'cpuprofile')]
    const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', NO_COLOR: '1' }
    return execFileSync(process.execPath, args, {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function figures(printed: string): { kib: number; gzipKib: number; activeMs: number } {
  const [, kib, gzip] = /Bundle: ([\d.]+) KiB \/ gzip: ([\d.]+) KiB/.exec(printed) ?? []
  const [, active] = /Active: ([\d.]+) ms/.exec(printed) ?? []
  expect([kib, gzip, active], printed).not.toContain(undefined)
  return { kib: Number(kib), gzipKib: Number(gzip), activeMs: Number(active) }
}
