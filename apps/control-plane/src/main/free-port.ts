import { createServer } from "node:net"
import { fault } from "@vibecaas/kernel/fault"

interface Address {
  host: string
  /** 0 is any free one */
  port: number
}

/** @throws Fault `unavailable` when nobody can listen there now, before anything else is begun */
export async function refuseTakenPort({ host, port }: Address): Promise<void> {
  const probed = await probe({ host, port })
  if ("port" in probed) return
  const { code, message } = probed.error
  const why = code === "EADDRINUSE" ? "another program listens there" : message
  throw fault("unavailable", {
    say: `PORT: ${host}:${port} cannot be used: ${why}. Choose another, for example PORT=${port + 1} bin/start.`,
  })
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
