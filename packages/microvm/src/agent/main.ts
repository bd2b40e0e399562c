import { createServer, type Socket } from "node:net"
import { mayAskForPort, portAskedFor, portMessageBytes } from "../port-message.ts"
import { makeApp } from "./app.ts"
import type { AgentConfig } from "./config.ts"
import { makeRoots } from "./files.ts"
import type { Ops } from "./ops.ts"
import { makePaths } from "./paths.ts"
import { splicePort } from "./ports.ts"
import { makeSession } from "./session.ts"

/**
 * The guest agent: the only process of the platform inside a machine.
 *
 * The driver gives it a listening socket as descriptor 3 and a pipe as standard input. The pipe
 * carries the driver's few own words, and its end means that the driver is gone: the machine
 * must not outlive it.
 */
const config: AgentConfig = JSON.parse(process.argv[2] ?? "{}")
const paths = makePaths(config.roots)
const ops: Ops = {
  config,
  paths,
  app: makeApp(config, paths),
  ports: new Set(),
  waiting: new Map(),
}

await makeRoots(config.roots)
obeyDriver()
createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("error", () => {})
  greet(socket)
}).listen({ fd: 3 }, () => process.stdout.write("ready\n"))
// The driver stops reading once we are ready.
process.stdout.on("error", () => {})

/** A connection's first bytes say what it is: one to a port of the machine, or a session. */
function greet(socket: Socket, before = Buffer.alloc(0)): void {
  socket.once("data", (chunk) => {
    const bytes = Buffer.concat([before, chunk])
    if (mayAskForPort(bytes)) return greet(socket, bytes)
    const port = portAskedFor(bytes)
    if (port === undefined) return beginSession(socket, bytes)
    socket.pause()
    if (bytes.length > portMessageBytes) socket.unshift(bytes.subarray(portMessageBytes))
    splicePort(ops, socket, port)
  })
}

function beginSession(socket: Socket, first: Buffer): void {
  const session = makeSession(ops, (bytes) => socket.write(bytes))
  socket.on("data", (chunk) => session.push(chunk))
  socket.on("end", () => socket.end())
  socket.on("close", () => session.end())
  session.push(first)
}

function obeyDriver(): void {
  process.stdin.setEncoding("utf8")
  process.stdin.on("data", (words: string) => {
    for (const word of words.split("\n")) {
      if (word === "disk-full") void ops.app.stop({ reason: "disk_full" })
      if (word === "disk-full" || word === "disk-fits") ops.app.block(word === "disk-full")
    }
  })
  process.stdin.on("end", leave)
  process.stdin.on("error", leave)
}

/** Where no namespace ends with us, what we started must be ended by name. */
function leave(): void {
  void ops.app.stop()
  if (config.ownsUid && process.getuid?.() !== 0) process.kill(-1, "SIGKILL")
  process.exit(0)
}
