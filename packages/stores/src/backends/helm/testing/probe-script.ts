/**
 * A program that tries from inside a pod what it can reach, and prints one JSON object of it. Port 0 asks only for
 * the name.
 */
export const probeScript = (targets: Record<string, [host: string, port: number]>): string => `
const net = require("node:net"), dns = require("node:dns"), fs = require("node:fs")
const limit = 2500
const resolves = (host) => new Promise((done) => {
  dns.lookup(host, (error) => done(error ? "refused" : "open"))
  setTimeout(() => done("refused"), limit * 2)
})
const connects = (host, port) => new Promise((done) => {
  const socket = net.connect({ host, port, timeout: limit })
  socket.on("connect", () => { socket.destroy(); done("open") })
  for (const end of ["error", "timeout"]) socket.on(end, () => { socket.destroy(); done("refused") })
})
const writes = () => {
  try { fs.writeFileSync("/probe", ""); return "writable" } catch (error) { return error.code === "EROFS" ? "read-only" : error.code }
}
const found = { user: process.getuid(), "its own file system": writes() }
found["a token"] = fs.existsSync("/var/run/secrets/kubernetes.io") ? "there" : "none"
const targets = ${JSON.stringify(targets)}
Promise.all(Object.entries(targets).map(async ([name, [host, port]]) => {
  found[name] = port === 0 ? await resolves(host) : await connects(host, port)
})).then(() => { console.log(JSON.stringify(found)); process.exit(0) })
`
