import { rm } from "node:fs/promises"
import { connect, createServer, isIP, type Server, type Socket } from "node:net"
import { connect as connectTls } from "node:tls"
import type { Log } from "@vibecaas/kernel/log"
import type { OperatorServer } from "./operator-url.ts"

type Far = Extract<OperatorServer["at"], { host: string }>

/** An open relay. */
export interface Relay {
  close(): Promise<void>
}

/**
 * A Unix socket that leads to a PostgreSQL elsewhere, encrypted from here on: stores have no network, and need
 * none for their database.
 *
 * @param path of the socket, in a folder that the stores see
 */
export async function openRelay(path: string, far: Far, log: Log): Promise<Relay> {
  await rm(path, { force: true })
  const open = new Set<Socket>()
  const server = createServer((near) => {
    open.add(near)
    near.once("close", () => open.delete(near))
    near.on("error", () => near.destroy())
    void reach(far).then(
      (socket) => join(near, socket),
      (error) => {
        log.warn({ err: error }, "the stores' PostgreSQL cannot be reached")
        near.destroy()
      },
    )
  })
  await listening(server, path)
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        for (const near of open) near.destroy()
      }),
  }
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail)
    // Who may enter a database is said by its password.
    server.listen({ path, readableAll: true, writableAll: true }, done)
  })
}

function join(near: Socket, far: Socket): void {
  far.on("error", () => near.destroy())
  far.once("close", () => near.destroy())
  near.once("close", () => far.destroy())
  near.pipe(far).pipe(near)
}

const connectMs = 10_000

async function reach({ host, port, tls }: Far): Promise<Socket> {
  const plain = await opened(connect({ host, port, keepAlive: true }), "connect")
  if (tls === "disable") return plain
  if (!(await offersTls(plain))) {
    if (tls === "prefer") return plain
    plain.destroy()
    throw new Error("the server does not encrypt connections")
  }
  const servername = isIP(host) === 0 ? { servername: host } : {}
  const how = { host, socket: plain, rejectUnauthorized: tls === "verify-full", ...servername }
  return opened(connectTls(how), "secureConnect")
}

function opened<Kind extends Socket>(socket: Kind, event: string): Promise<Kind> {
  return new Promise((done, fail) => {
    const lost = () => fail(new Error("the connection did not open"))
    socket.setTimeout(connectMs, () => socket.destroy())
    socket.once("error", fail)
    socket.once("close", lost)
    socket.once(event, () => {
      socket.setTimeout(0)
      socket.off("error", fail)
      socket.off("close", lost)
      done(socket)
    })
  })
}

/** PostgreSQL is asked by eight bytes, and answers by one: S or N. */
function offersTls(socket: Socket): Promise<boolean> {
  return new Promise((done, fail) => {
    socket.once("error", fail)
    socket.once("data", (answer) => {
      socket.off("error", fail)
      socket.pause()
      done(answer.toString("latin1") === "S")
    })
    socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]))
  })
}
