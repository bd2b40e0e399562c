import { createServer } from "node:net"
import { failStream } from "./answer.ts"
import { makeApp } from "./app.ts"
import type { AgentConfig } from "./config.ts"
import { makeRoots } from "./files.ts"
import type { Ops } from "./ops.ts"
import { makePaths } from "./paths.ts"
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
  failed: failStream,
}

await makeRoots(config.roots)
obeyDriver()
createServer((socket) => {
  const session = makeSession(ops, (bytes) => socket.write(bytes))
  socket.on("data", (chunk) => session.push(chunk))
  socket.on("error", () => {})
  socket.on("close", () => session.end())
}).listen({ fd: 3 }, () => process.stdout.write("ready\n"))
// The driver stops reading once we are ready.
process.stdout.on("error", () => {})

function obeyDriver(): void {
  process.stdin.setEncoding("utf8")
  process.stdin.on("data", (words: string) => {
    for (const word of words.split("\n")) {
      if (word === "disk-full") void ops.app.stop("disk_full")
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
