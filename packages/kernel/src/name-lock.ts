import { createServer } from "node:net"

export interface Lock {
  release(): void
}

/**
 * A name that one process of this machine holds at a time; nothing when another has it.
 *
 * An abstract socket: the kernel frees it with the process, however that ends.
 */
export function tryLock(name: string): Promise<Lock | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.unref()
    server.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    )
    server.listen(`\0${name}`, () => resolve({ release: () => server.close() }))
  })
}
