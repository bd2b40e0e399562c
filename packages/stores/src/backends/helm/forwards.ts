import { createHash } from "node:crypto"
import { chmod, chown, mkdir, rm } from "node:fs/promises"
import { createServer, type Server, type Socket } from "node:net"
import { PortForward } from "@kubernetes/client-node"
import { notRunning } from "../../reachable.ts"
import { objectName } from "./names.ts"
import { type Forwards, type Running, spaceOf } from "./running.ts"
import { lookAt, podOf } from "./seen.ts"

export function makeForwards(running: () => Running): Forwards {
  const servers = new Map<string, Promise<{ server: Server; path: string }>>()
  return {
    async open(of) {
      const key = `${of.storeId} ${of.process}`
      const opened = servers.get(key) ?? listen(running(), of)
      servers.set(key, opened)
      opened.catch(() => servers.delete(key))
      return { socket: (await opened).path }
    },
    async close() {
      for (const opened of servers.values()) (await opened.catch(() => undefined))?.server.close()
    },
  }
}

type Of = Parameters<Forwards["open"]>[0]

/** Only who reads the store's backups may connect too. */
async function listen(running: Running, of: Of): Promise<{ server: Server; path: string }> {
  const { stateDir, owner } = running.settings
  const folder = `${stateDir}/f`
  await mkdir(folder, { recursive: true, mode: 0o711 })
  // The path of a socket has at most 107 bytes.
  const name = createHash("sha256").update(`${of.storeId} ${of.process}`).digest("hex")
  const path = `${folder}/${name.slice(0, 20)}`
  await rm(path, { force: true })
  const server = createServer((near) => void carry(running, of, near))
  await new Promise<void>((done, failed) => {
    server.once("error", failed)
    server.listen(path, done)
  })
  await chmod(path, 0o600)
  if (owner) await chown(path, owner.uid, owner.gid)
  return { server, path }
}

async function carry(running: Running, of: Of, near: Socket): Promise<void> {
  near.on("error", () => near.destroy())
  const { log } = running.settings
  try {
    const { namespace, pod, port } = await targetOf(running, of)
    const forward = new PortForward(running.cluster.config)
    const far = await forward.portForward(namespace, pod, [port], near, null, near)
    if (typeof far === "function") throw new Error("a forward that begins anew by itself")
    far.on("close", () => near.end())
    far.on("error", () => near.destroy())
    near.on("close", () => far.close())
    if (near.destroyed) far.close()
  } catch (error) {
    log.warn({ err: error, store: of.storeId }, "a store on the cluster cannot be reached")
    near.destroy()
  }
}

async function targetOf(running: Running, { storeId, process }: Of) {
  const namespace = spaceOf(running, storeId)
  const looked = await lookAt(running, namespace)
  const deployment = looked?.deployments.find(
    ({ metadata }) => metadata?.name === objectName(process),
  )
  const pod = deployment && podOf(deployment, looked?.pods ?? [])
  const [port] = pod?.spec?.containers[0]?.ports ?? []
  if (pod?.metadata?.name && port)
    return { namespace, pod: pod.metadata.name, port: port.containerPort }
  throw notRunning(`${storeId} ${process}`)
}
