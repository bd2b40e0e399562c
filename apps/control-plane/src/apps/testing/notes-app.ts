/**
 * Keeps each note on a line of its own before it answers. `begin` runs before it listens, as a
 * migration would.
 */
export const notes = (version: string, begin = "") => `
const http = require("node:http"), fs = require("node:fs"), path = require("node:path")
const file = path.join(process.env.DATA_DIR, "notes.txt")
fs.appendFileSync(file, "")
${begin}
http.createServer((req, res) => {
  if (req.method === "POST") req.on("data", (c) => fs.appendFileSync(file, c + "\\n")).on("end", () => res.end("kept"))
  else if (req.url === "/notes") res.end(fs.readFileSync(file))
  else if (req.url === "/events") { res.writeHead(200, { "content-type": "text/event-stream" }); res.write("data: one\\n\\n") }
  else ${version === "breaks" ? "res.writeHead(500).end()" : `res.end(${JSON.stringify(version)})`}
}).listen(process.env.PORT, process.env.HOST)
`

/** Begins with what a version that is taken back must not leave behind. */
export const spoil = 'fs.appendFileSync(file, "spoilt\\n");'
