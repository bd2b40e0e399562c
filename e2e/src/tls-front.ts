import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { request as startRequest } from "node:http"
import { createServer } from "node:https"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** What stands before a platform in production: it ends TLS and passes everything on. */
export interface TlsFront {
  close(): Promise<void>
}

/**
 * Listens on `port` of loopback with a certificate of its own making, and passes requests and
 * upgrades to the platform at `to`, with the visitor's address in `X-Forwarded-For`.
 */
export async function startTlsFront(at: { port: number; to: number }): Promise<TlsFront> {
  const server = createServer(makeCertificate(), (request, answer) => {
    const headers = { ...request.headers, "x-forwarded-for": request.socket.remoteAddress ?? "" }
    const { method, url: path } = request
    const onward = startRequest({ host: "127.0.0.1", port: at.to, method, path, headers })
    onward.on("response", (got) => {
      answer.writeHead(got.statusCode ?? 502, got.rawHeaders)
      got.pipe(answer)
    })
    onward.on("error", () => answer.destroy())
    request.pipe(onward)
  })
  server.on("upgrade", (request, socket, head) => {
    const onward = connect(at.to, "127.0.0.1")
    const lines = Array.from(
      { length: request.rawHeaders.length / 2 },
      (_, i) => `${request.rawHeaders[2 * i]}: ${request.rawHeaders[2 * i + 1]}\r\n`,
    )
    onward.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join("")}\r\n`)
    onward.write(head)
    onward.pipe(socket).pipe(onward)
    onward.on("error", () => socket.destroy())
    socket.on("error", () => onward.destroy())
  })
  await new Promise<void>((done) => server.listen(at.port, "127.0.0.1", done))
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function makeCertificate(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), "vibecaas-tls-"))
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")]
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "1",
      "-subj",
      "/CN=example.test",
    ].concat(["-keyout", key, "-out", cert]),
    { stdio: "ignore" },
  )
  const pair = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") }
  rmSync(folder, { recursive: true })
  return pair
}
