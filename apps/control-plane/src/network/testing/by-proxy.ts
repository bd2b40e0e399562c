import { request } from "node:http"
import type { Socket } from "node:net"
import { connect as secure, type TLSSocket } from "node:tls"
import { certificate } from "./certificate.ts"

/** What a door answers to a program that wants a tunnel. */
export interface Tunnel {
  status: number
  /** why it was refused */
  say: string
  socket: Socket
}

export async function connectBy(door: string, target: string): Promise<Tunnel> {
  const { hostname, port } = new URL(door)
  return new Promise((resolve, reject) => {
    const asked = request({ host: hostname, port, method: "CONNECT", path: target })
    asked.once("error", reject)
    asked.once("connect", (response, socket, head) => {
      const status = response.statusCode ?? 0
      if (status === 200) return resolve({ status, say: "", socket })
      let say = head.toString()
      socket.on("data", (bytes: Buffer) => {
        say += bytes
      })
      socket.once("close", () => resolve({ status, say, socket }))
    })
    asked.end()
  })
}

/** TLS from end to end, through a tunnel. */
export function securely({ socket }: Tunnel, servername: string): TLSSocket {
  return secure({ socket, servername, ca: certificate.cert })
}

/** One request and its whole answer, through a tunnel. */
export function getBy(tunnel: Tunnel, host: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = securely(tunnel, host)
    let text = ""
    socket.on("data", (bytes) => {
      text += bytes
    })
    socket.once("error", reject).once("close", () => resolve(text))
    socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`)
  })
}
