import { chmod, rm } from "node:fs/promises"
import { connect, createServer, type Server } from "node:net"
import { join } from "node:path"

/** What a running platform tells a second one that is started on the same data. */
export interface Running {
  pid: number
  url: string
}

export type LockResult =
  | { taken: true; release(): Promise<void> }
  | { taken: false; running: Running }

/**
 * One platform per data directory: the holder listens on a socket in it, so the lock dies with its
 * process and a stale file is told from a living holder by connecting.
 */
export async function lockInstance(directory: string, self: Running): Promise<LockResult> {
  const path = join(directory, "instance.sock")
  for (let attempt = 0; ; attempt++) {
    const running = await ask(path)
    if (running) return { taken: false, running }
    await rm(path, { force: true })
    const server = await listen(path, self).catch(() => undefined)
    if (server) return { taken: true, release: () => close(server, path) }
    if (attempt === 3) throw new Error(`cannot listen on ${path}`)
  }
}

function listen(path: string, self: Running): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on("error", () => {})
      socket.end(JSON.stringify(self))
    })
    server.unref()
    server.once("error", reject)
    server.listen(path, () => chmod(path, 0o600).then(() => resolve(server), reject))
  })
}

function ask(path: string): Promise<Running | undefined> {
  return new Promise((resolve) => {
    let text = ""
    const socket = connect(path)
    socket.setTimeout(2000, () => socket.destroy())
    socket.on("data", (chunk) => {
      text += chunk
    })
    socket.on("error", () => resolve(undefined))
    socket.on("close", () => resolve(parse(text)))
  })
}

function parse(text: string): Running | undefined {
  try {
    return JSON.parse(text) as Running // written by `listen` above
  } catch {
    return undefined
  }
}

async function close(server: Server, path: string): Promise<void> {
  await new Promise((resolve) => server.close(resolve))
  await rm(path, { force: true })
}
