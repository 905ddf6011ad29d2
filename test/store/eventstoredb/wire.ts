import { connect, createServer, type Server, type Socket } from 'node:net'

/** A line between client and server that can fail the way networks do: silently. */
export class Wire {
  readonly #to: () => number
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #abandoned = new WeakSet<Socket>()
  #frozen = false
  port = 0

  /** `to` gives the port of the server behind it. */
  constructor(to: () => number) {
    this.#to = to
    this.#server = createServer({ allowHalfOpen: true }, socket => this.#join(socket))
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false&keepAliveInterval=-1`
  }

  async start(): Promise<this> {
    await new Promise<void>(resolve => this.#server.listen(this.port, '127.0.0.1', resolve))
    const address = this.#server.address()
    if (address && typeof address === 'object') this.port = address.port
    return this
  }

  /** From now on connections stay open and carry nothing, until `thaw`; what came meanwhile is lost with them. */
  freeze(): void {
    this.#frozen = true
    for (const socket of this.#sockets) socket.pause()
  }

  /** The connections there are stay open and carry nothing any more; new ones do. */
  abandon(): void {
    for (const socket of this.#sockets) this.#abandoned.add(socket)
  }

  thaw(): void {
    this.#frozen = false
    this.cut()
  }

  /** Ends the server's side of every connection and goes on listening to the client. */
  halfClose(): void {
    for (const socket of this.#sockets) socket.end()
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  stop(): void {
    this.cut()
    this.#server.close()
  }

  #join(client: Socket): void {
    const server = connect({ port: this.#to(), host: '127.0.0.1', allowHalfOpen: true })
    this.#carry(client, server, client)
    this.#carry(server, client, client)
    this.#sockets.add(client)
    client.on('close', () => this.#sockets.delete(client))
  }

  #carry(from: Socket, to: Socket, client: Socket): void {
    from.on('error', () => to.destroy())
    from.on('close', () => to.destroy())
    from.on('end', () => to.end())
    from.on('data', bytes => {
      if (!this.#frozen && !this.#abandoned.has(client) && to.writable) to.write(bytes)
    })
  }
}
