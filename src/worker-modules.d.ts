// What a Worker's bundle takes in besides TypeScript (wrangler.toml, [[rules]]), and as much of the platform as src/worker.ts uses.

declare module '*.ttf' {
  const bytes: ArrayBuffer
  export default bytes
}

declare module '*.css' {
  const bytes: ArrayBuffer
  export default bytes
}

declare module '*/web/entry-grid.js' {
  const bytes: ArrayBuffer
  export default bytes
}

declare module '*/web/look-up.js' {
  const bytes: ArrayBuffer
  export default bytes
}

declare module '*/web/voucher-entry.js' {
  const bytes: ArrayBuffer
  export default bytes
}

declare module '*.svg' {
  const bytes: ArrayBuffer
  export default bytes
}

declare module 'cloudflare:workers' {
  export abstract class DurableObject<Env> {
    protected readonly ctx: {
      readonly storage: import('./store/sql-do.ts').DurableStorage & { setAlarm(milliseconds: number): Promise<void> }
    }
    protected readonly env: Env
  }
}
