import type { Duplex, Readable } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import { inTime } from "@vibecaas/kernel/in-time"
import { usualMode } from "@vibecaas/kernel/usual-mode"
import type { z } from "zod"
import type { AppRequest } from "./agent/ops.ts"
import { type CallGuest, makeCall } from "./guest-call.ts"
import { type Door, openDoor } from "./guest-door.ts"
import { packed, unpacked } from "./guest-pack.ts"
import { makePortStream } from "./guest-port.ts"
import {
  type AppStatus,
  appReply,
  brokenGuest,
  execReply,
  guestFault,
  layerReply,
  logReply,
  type MachineUse,
  parseReply,
  portReply,
  scanLine,
  useReply,
} from "./guest-replies.ts"
import { openSession } from "./guest-session.ts"
import { lineTimes } from "./line-times.ts"
import type { Vm } from "./port.ts"

export interface ExecOptions {
  /** inside /workspace, /data or /tmp; /workspace by default */
  cwd?: string
  /** added to the machine's own small environment */
  env?: Record<string, string>
  stdin?: string | Uint8Array
  /** the command and all it started are killed after this long; a minute by default */
  timeoutMs?: number
  /** kept of each of stdout and stderr; the rest is dropped in the machine; 1 MiB by default */
  maxOutputBytes?: number
  onOutput?: (stream: "stdout" | "stderr", chunk: Buffer) => void
  signal?: AbortSignal
}

export type ExecResult = z.infer<typeof execReply> & { stdout: Buffer; stderr: Buffer }

export interface GuestFile {
  path: string
  content: Uint8Array
  /** 0o755 by default for what can be run as a program, else 0o644 */
  mode?: number
}

export interface ScannedFile {
  /** below the root, with `/` between parts */
  path: string
  size: number
  mode: number
  /** git's blob name of the content */
  sha1: string
}

/** What one can do in a machine. Every path is inside /workspace, /data or /tmp. */
export interface Guest {
  exec(argv: string[], options?: ExecOptions): Promise<ExecResult>
  /** @throws Fault `not_found`, `not_a_file`, `too_large`, `outside` */
  readFile(path: string, maxBytes: number): Promise<Buffer>
  writeFiles(files: GuestFile[]): Promise<void>
  remove(paths: string[]): Promise<void>
  /** Every regular file below `root`, without node_modules and .git. */
  scan(root: string, options: { maxFiles: number }): Promise<ScannedFile[]>
  /**
   * A folder as a tar archive, of one moment: the app stands still while it
   * is packed. The stream fails when it cannot be packed whole.
   */
  pack(folder: string): Readable
  /** Empties a folder, or makes it, and fills it from such an archive. @throws Fault `disk_full` */
  unpack(folder: string, archive: Readable): Promise<void>
  connectPort(port: number): Promise<Duplex>
  /**
   * Opens a loopback port in the machine whose connections come to us: the only way out of a machine,
   * for as long as it is open. A port that is named can be opened again by who comes after us.
   *
   * @param port any free one when absent
   */
  openDoor(connect: (connection: Duplex) => void, port?: number): Promise<Door>
  /**
   * Makes a folder use a layer that the machine sees. Answers the layer's real path in the machine;
   * `null` when it does not see it, nor has it below `layersFolder`.
   */
  useLayer(name: string, folder: string): Promise<string | null>
  /** Takes away what layers put into a folder's `node_modules`. */
  dropLayers(folder: string): Promise<void>
  /** For machines that share the host's network: a port that may be given to `startApp`. */
  freePort(): Promise<number>
  /** Starts the machine's one app in place of an earlier one; resolves once it runs. */
  startApp(app: AppRequest): Promise<void>
  /** Ends the app; given time, in `ms`, it is asked to end by itself first. */
  stopApp(options?: { graceMs: number }): Promise<void>
  appStatus(): Promise<AppStatus>
  /** The app's status as soon as its state or its start is another than known, or after 10 s. */
  appNews(known: Pick<AppStatus, "state" | "startedAt">, signal?: AbortSignal): Promise<AppStatus>
  /**
   * The end of what the app printed, at most 1 MiB. A line tells when each start began; with
   * `newestStart` only what was printed since the last one.
   */
  appLog(options: { tailBytes: number; newestStart?: boolean }): Promise<string>
  /** The same, and when each of its lines began to be printed, as far as that is known, in `ms`. */
  timedAppLog(options: { tailBytes: number }): Promise<{ text: string; times: (number | null)[] }>
  /** What the machine uses now. It takes about half a second. */
  use(): Promise<MachineUse>
  ping(): Promise<void>
  /** Called once, when the session ends for whatever reason. */
  onClose(listener: () => void): void
  close(): void
}

export interface GuestOptions {
  clock: Clock
  helloTimeoutMs?: number
  /** longest wait for an answer to anything but a command; 30 s by default */
  callTimeoutMs?: number
}

/** Opens a session with the agent of a machine. @throws Fault `guest_silent` */
export async function connectGuest(vm: Pick<Vm, "connect">, options: GuestOptions): Promise<Guest> {
  const session = await openSession(await vm.connect(), options)
  const call = makeCall(session, options)
  return {
    exec: (argv, execOptions) => exec(call, argv, execOptions),
    readFile: async (path, maxBytes) =>
      (await call({ op: "read", path, maxBytes }, { maxBytes })).bytes,
    writeFiles: (files) => writeFiles(call, files),
    async remove(paths) {
      for (let at = 0; at < paths.length; at += pathsPerCall) {
        await call({ op: "remove", paths: paths.slice(at, at + pathsPerCall) })
      }
    },
    scan: (root, { maxFiles }) => scan(call, root, maxFiles),
    pack: (root) => packed(session, root),
    unpack: (root, archive) => unpacked(session, root, archive),
    async connectPort(port) {
      const { duplex, opened } = makePortStream((events) =>
        session.open({ op: "connect", port }, events),
      )
      const limit = { clock: options.clock, ms: options.callTimeoutMs ?? 30_000 }
      const late = () => {
        duplex.destroy()
        return opened
      }
      await inTime(limit, opened, late).catch((error) => {
        throw guestFault("port_closed", String(error))
      })
      return duplex
    },
    openDoor: (connect, port) => openDoor(session, { ...options, connect, port }),
    useLayer: async (name, folder) => {
      const request = { op: "useLayer" as const, name, folder }
      return parseReply(layerReply, (await call(request, { timeoutMs: layerMs })).value).path
    },
    dropLayers: async (folder) => void (await call({ op: "dropLayers", folder })),
    freePort: async () => parseReply(portReply, (await call({ op: "freePort" })).value).port,
    startApp: async (app) => void (await call({ op: "startApp", ...app })),
    stopApp: async ({ graceMs } = { graceMs: 0 }) => void (await call({ op: "stopApp", graceMs })),
    appStatus: async () => parseReply(appReply, (await call({ op: "appStatus" })).value),
    async appNews({ state, startedAt }, signal) {
      const known = { state, waitMs: newsMs, ...(startedAt === undefined ? {} : { startedAt }) }
      const request = { op: "appNews" as const, ...known }
      return parseReply(appReply, (await call(request, signal ? { signal } : {})).value)
    },
    appLog: async (options) => (await appLog(call, options)).bytes.toString("utf8"),
    async timedAppLog(options) {
      const { value, bytes } = await appLog(call, options)
      const { printedAt } = parseReply(logReply, value)
      return { text: bytes.toString("utf8"), times: lineTimes(bytes, printedAt) }
    },
    use: async () => parseReply(useReply, (await call({ op: "use" })).value),
    ping: async () => void (await call({ op: "ping" })),
    onClose: (listener) => session.onEnd(listener),
    close: () => session.close(),
  }
}

/** Where layers are unpacked in a machine whose driver shows none. */
export const layersFolder = "/tmp/layers"
const layerMs = 120_000
const pathsPerCall = 100
const logBytesMax = 1024 * 1024
/** longest wait for news of the app in `ms`; well below the deadline of a call */
const newsMs = 10_000

function appLog(call: CallGuest, of: { tailBytes: number; newestStart?: boolean }) {
  const { newestStart = false } = of
  const maxBytes = Math.min(of.tailBytes, logBytesMax)
  return call({ op: "appLog", tailBytes: maxBytes, newestStart }, { maxBytes })
}

async function exec(
  call: CallGuest,
  argv: string[],
  options: ExecOptions = {},
): Promise<ExecResult> {
  const { cwd, env, stdin, timeoutMs = 60_000, maxOutputBytes = 1024 * 1024 } = options
  const request = {
    op: "exec" as const,
    argv,
    timeoutMs,
    maxOutputBytes,
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
  }
  const { value, bytes, errorBytes } = await call(request, {
    maxBytes: maxOutputBytes,
    // The agent ends it at the timeout; a little later we stop believing in the agent.
    timeoutMs: timeoutMs + 10_000,
    input: [typeof stdin === "string" ? Buffer.from(stdin) : (stdin ?? Buffer.alloc(0))],
    onBytes: (channel, chunk) => options.onOutput?.(channel === 1 ? "stderr" : "stdout", chunk),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
  return { ...parseReply(execReply, value), stdout: bytes, stderr: errorBytes }
}

async function writeFiles(call: CallGuest, files: GuestFile[]): Promise<void> {
  const input = files.flatMap(({ path, content, mode = usualMode(content) }) => {
    const header = Buffer.from(JSON.stringify({ path, size: content.length, mode }))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(header.length)
    return [Buffer.concat([length, header]), content]
  })
  await call({ op: "write" }, { input, timeoutMs: 120_000 })
}

const scanLineBytes = 5000

async function scan(call: CallGuest, root: string, maxFiles: number): Promise<ScannedFile[]> {
  const maxBytes = Math.min(maxFiles * scanLineBytes, 64 * 1024 * 1024)
  const { bytes } = await call({ op: "scan", root, maxFiles }, { maxBytes, timeoutMs: 120_000 })
  const lines = bytes.toString("utf8").split("\n").filter(Boolean)
  if (lines.length > maxFiles) throw brokenGuest("more files than asked for")
  return lines.map((line) => {
    const [path, size, mode, sha1] = parseReply(scanLine, parseLine(line))
    const parts = path.split("/")
    if (parts.some((part) => part === "" || part === "." || part === "..")) {
      throw brokenGuest(`path ${path}`)
    }
    return { path, size, mode, sha1 }
  })
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw brokenGuest("a line of the scan is not JSON")
  }
}
