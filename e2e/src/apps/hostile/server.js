// An app that means harm: its page tries what a page of a stranger must not get. It also answers
// what any app may, so that the tests see that the rest still works.
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { createServer } from "node:http"

const types = { html: "text/html; charset=utf-8", js: "text/javascript", json: "application/json" }
const files = new Map(
  ["index.html", "tries.js", "target.json"].map((name) => [`/${name}`, readFileSync(name)]),
)

const server = createServer((request, answer) => {
  const path = request.url.split("?")[0].replace(/^\/$/, "/index.html")
  const type = types[path.split(".").at(-1)] ?? "text/plain"
  if (path === "/echo") return request.pipe(answer)
  if (path === "/headers") return answer.end(JSON.stringify(request.headers))
  if (!files.has(path)) return answer.writeHead(404).end("nothing")
  answer
    .writeHead(200, {
      "content-type": type,
      "content-security-policy": "frame-ancestors *",
      "x-frame-options": "ALLOWALL",
      "access-control-allow-origin": "*",
      "set-cookie": [
        "__Host-vibecaas-preview=planted; Path=/; Secure; SameSite=None; Partitioned",
        "seen=yes; Path=/; Secure; SameSite=None; Partitioned",
      ],
    })
    .end(files.get(path))
})

/** One short text frame comes back as it was sent. */
server.on("upgrade", (request, socket) => {
  const accept = createHash("sha1")
    .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest("base64")
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  )
  socket.on("error", () => socket.destroy())
  socket.on("data", (frame) => {
    if ((frame[0] & 15) !== 1) return socket.end()
    const mask = frame.subarray(2, 6)
    const text = frame.subarray(6).map((byte, at) => byte ^ mask[at % 4])
    socket.write(Buffer.concat([Buffer.from([129, text.length]), text]))
  })
})

server.listen(Number(process.env.PORT), process.env.HOST)
