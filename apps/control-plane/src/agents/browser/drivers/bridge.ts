/**
 * Stands between the server and its browser, inside the browser's namespace where there is one: runs
 * the program given with our own descriptors, gives it a port of loopback as proxy, and carries what
 * comes there to the server's socket. When the server lets go of the other socket, all of it ends.
 */
import { spawn } from "node:child_process"
import { connect, createServer } from "node:net"

const [folder = "", program = "", ...argv] = process.argv.slice(2)

const server = createServer({ allowHalfOpen: true }, (near) => {
  const far = connect({ path: `${folder}/proxy`, allowHalfOpen: true })
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on("error", () => other.destroy())
    one.pipe(other)
  }
})
server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  const port = typeof address === "object" ? address?.port : undefined
  const proxy = `--proxy-server=http://127.0.0.1:${port}`
  const child = spawn(program, [...argv, proxy], { stdio: [0, 1, 2, 3, 4] })
  child.on("error", () => process.exit(127))
  child.on("exit", (code) => process.exit(code ?? 1))
  const life = connect({ path: `${folder}/life` })
  life.on("error", () => {})
  life.on("close", () => child.kill("SIGKILL"))
  life.resume()
})
