/** Small apps by hand, without a package: what people might push. */

/** Keeps notes in its data directory, counts its own starts, streams, and speaks WebSocket. */
export const notesApp = `
const http = require("node:http"), fs = require("node:fs"), path = require("node:path"), crypto = require("node:crypto")
const file = path.join(process.env.DATA_DIR, "notes.json")
const notes = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file)) : []
const server = http.createServer((req, res) => {
  if (req.url === "/notes" && req.method === "POST") {
    let body = ""
    req.on("data", (c) => body += c)
    req.on("end", () => { notes.push(body); fs.writeFileSync(file, JSON.stringify(notes)); res.end("kept") })
  } else if (req.url === "/notes") res.end(JSON.stringify(notes))
  else if (req.url === "/events") { res.writeHead(200, { "content-type": "text/event-stream" }); res.write("data: one\\n\\n"); setTimeout(() => res.end("data: two\\n\\n"), 50) }
  else if (req.url === "/crash") { console.error("about to fall"); process.exit(7) }
  else if (req.url === "/pid") res.end(String(process.pid))
  else { res.setHeader("content-type", "text/html"); res.end("<h1>Notes</h1>" + (process.env.SECRET ?? "")) }
})
server.on("upgrade", (req, socket) => {
  const accept = crypto.createHash("sha1").update(req.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest("base64")
  socket.write("HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: " + accept + "\\r\\n\\r\\n")
  socket.write(Buffer.from([0x81, 5, ...Buffer.from("hello")]))
  socket.on("error", () => {})
})
server.listen(Number(process.env.PORT), process.env.HOST, () => console.log("notes listen"))
`

/** Ends at once with a reason. */
export const crashingApp = `console.log("reading settings"); console.error("Error: no settings"); process.exit(3)`

/** Answers every request with one word. */
export const wordApp = (word: string) => `
require("node:http").createServer((req, res) => res.end(${JSON.stringify(word)})).listen(process.env.PORT)
`
