import { createServer } from "node:net"
import { fault } from "@vibecaas/kernel/fault"

/** @throws Fault `unavailable` when nobody can listen there now, before anything else is begun */
export async function refuseTakenPort({ host, port }: { host: string; port: number }) {
  const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const probe = createServer()
    probe.once("error", resolve)
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
  if (!error) return
  const why = error.code === "EADDRINUSE" ? "another program listens there" : error.message
  throw fault("unavailable", {
    say: `PORT: ${host}:${port} cannot be used: ${why}. Choose another, for example PORT=${port + 1} bin/start.`,
  })
}
