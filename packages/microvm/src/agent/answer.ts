import type { MuxStream } from "../guest-mux.ts"
import { Refusal } from "./config.ts"
import { openDoor, takeConnection } from "./doors.ts"
import { exec } from "./exec.ts"
import { readFile, remove, writeFiles } from "./files.ts"
import { dropLayers, useLayer } from "./layers.ts"
import type { GuestRequest, Ops } from "./ops.ts"
import { pack, unpack } from "./pack.ts"
import { connectPort, freePort } from "./ports.ts"
import { scan } from "./scan.ts"
import { use } from "./use.ts"

type Handler<Op extends GuestRequest["op"]> = (
  ops: Ops,
  stream: MuxStream,
  request: Extract<GuestRequest, { op: Op }>,
) => void | Promise<void>

const handlers: { [Op in GuestRequest["op"]]: Handler<Op> } = {
  ping: (_ops, stream) => stream.result({}),
  exec,
  read: readFile,
  write: writeFiles,
  remove: (ops, stream, { paths }) => remove(ops, stream, paths),
  scan,
  pack,
  unpack,
  connect: connectPort,
  freePort,
  door: openDoor,
  take: takeConnection,
  useLayer,
  dropLayers,
  async startApp(ops, stream, request) {
    if (ops.config.sharedNetwork && !ops.ports.has(request.port)) {
      throw new Refusal("outside", `port ${request.port} does not belong to this machine`)
    }
    await ops.app.start(request)
    stream.result({})
  },
  async stopApp(ops, stream, { graceMs }) {
    await ops.app.stop({ graceMs })
    stream.result({})
  },
  appStatus: async (ops, stream) => stream.result(await ops.app.status()),
  appNews: async (ops, stream, known) => stream.result(await ops.app.news(known)),
  appLog: (ops, stream, of) => ops.app.tail(stream, of),
  use,
}

/** Answers one request of the host: every failure becomes a `fail` of its stream. */
export async function answer(ops: Ops, stream: MuxStream, request: GuestRequest): Promise<void> {
  try {
    // The table's type pairs each name with its own request; the compiler cannot follow the pair.
    const handler = handlers[request.op] as Handler<GuestRequest["op"]> | undefined
    if (!handler) throw new Refusal("invalid", "no such operation")
    await handler(ops, stream, request as never)
  } catch (error) {
    failStream(stream, error)
  }
}

const systemCodes: Record<string, string> = {
  ENOENT: "not_found",
  ENOTDIR: "not_found",
  EISDIR: "not_a_file",
  ELOOP: "outside",
  ENOSPC: "disk_full",
  EDQUOT: "disk_full",
  EFBIG: "disk_full",
  EACCES: "refused",
  EPERM: "refused",
  EROFS: "refused",
}

function failStream(stream: MuxStream, error: unknown) {
  if (error instanceof Refusal) return stream.fail(error.code, error.message)
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  stream.fail(systemCodes[code] ?? "failed", error instanceof Error ? error.message : "failed")
}
