import { createServer } from "node:net"
import { type Fault, fault } from "@vibecaas/kernel/fault"

interface Address {
  host: string
  /** 0 is any free one */
  port: number
}

/** A fault `unavailable` when nobody can listen there now; asked before anything else is begun. */
export async function addressFault(address: Address): Promise<Fault | undefined> {
  const probed = await probe(address)
  return "port" in probed
    ? undefined
    : fault("unavailable", { say: sentenceOf(probed.error, address), cause: probed.error })
}

function sentenceOf({ code, message }: NodeJS.ErrnoException, { host, port }: Address): string {
  switch (code) {
    case "EADDRINUSE":
      return `PORT: ${host}:${port} cannot be used: another program listens there. Choose another, for example PORT=${port < 65_535 ? port + 1 : 3000} bin/start.`
    case "EACCES":
      return `PORT: ${port} cannot be used: this user may not listen there. Choose one above 1023, for example PORT=3000 bin/start.`
    default:
      return `HOST: ${host} cannot be used (${code ?? message}): it is not an address of this machine. Use 127.0.0.1 for this machine alone, or 0.0.0.0 to let others in.`
  }
}

/** `wanted` when nobody listens there on 127.0.0.1, else a port that is free now. */
export async function freePort(wanted = 0): Promise<number> {
  const host = "127.0.0.1"
  const probed = await probe({ host, port: wanted })
  if ("port" in probed) return probed.port
  if (wanted === 0) throw probed.error
  return freePort()
}

/** Listens for a moment; answers the port, or why that could not be. */
function probe({
  host,
  port,
}: Address): Promise<{ port: number } | { error: NodeJS.ErrnoException }> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once("error", (error) => resolve({ error }))
    server.listen(port, host, () => {
      const address = server.address()
      const found = typeof address === "object" && address ? address.port : port
      server.close(() => resolve({ port: found }))
    })
  })
}
