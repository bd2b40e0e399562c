import { connect, type Socket } from "node:net"

/**
 * A client that costs little: on a small machine it shares the processors with what it measures, so
 * every cycle it takes would flatter a slow server. It speaks HTTP/1.1 with keep-alive, one request
 * at a time on a connection.
 */
export interface Load {
  port: number
  connections: number
  /** the bytes of the n-th request; made before the clock runs, so best kept */
  request(n: number): Buffer
}

export interface LoadResult {
  /** from when a request was due until its last byte came, in `ms` */
  latencies: number[]
  perSecond: number
  /** answers by status */
  statuses: Record<number, number>
}

interface Answer {
  status: number
}

/** Sends the next request as soon as the one before it is answered, on every connection. */
export async function closedLoop(load: Load, durationMs: number): Promise<LoadResult> {
  const run = makeRun()
  const lines = await openAll(load)
  const start = performance.now()
  let n = 0
  const work = async (line: Connection) => {
    while (performance.now() - start < durationMs) {
      const due = performance.now()
      run.count(await line.send(load.request(n++)), due)
    }
  }
  await Promise.all(lines.map(work))
  return run.end(lines, start)
}

/** Sends at a fixed rate whether or not answers come, so that a slow server cannot slow its load. */
export async function openLoop(
  load: Load,
  pace: { perSecond: number; durationMs: number },
): Promise<LoadResult> {
  const run = makeRun()
  const lines = await openAll(load)
  const idle = [...lines]
  const waiting: number[] = []
  const total = Math.floor((pace.perSecond * pace.durationMs) / 1000)
  const start = performance.now()
  let answered = 0
  let sent = 0
  await new Promise<void>((resolve, reject) => {
    const sendOn = async (line: Connection, n: number) => {
      const answer = await line.send(load.request(n))
      run.count(answer, start + (n * 1000) / pace.perSecond)
      idle.push(line)
      if (++answered === total) return resolve()
      pump()
    }
    const pump = () => {
      // In turn, so that none is idle for so long that the server closes it.
      while (idle.length > 0 && waiting.length > 0) {
        const [line, n] = [idle.shift(), waiting.shift()]
        if (line && n !== undefined) sendOn(line, n).catch(reject)
      }
    }
    const tick = () => {
      const dueByNow = ((performance.now() - start) * pace.perSecond) / 1000
      while (sent < total && sent <= dueByNow) waiting.push(sent++)
      pump()
      if (sent < total) setTimeout(tick, 1)
    }
    tick()
  })
  return run.end(lines, start)
}

function makeRun() {
  const latencies: number[] = []
  const statuses: Record<number, number> = {}
  return {
    count(answer: Answer, due: number) {
      latencies.push(performance.now() - due)
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    },
    end(lines: readonly Connection[], start: number): LoadResult {
      const elapsedMs = performance.now() - start
      for (const line of lines) line.close()
      return { latencies, statuses, perSecond: (latencies.length * 1000) / elapsedMs }
    },
  }
}

interface Connection {
  send(request: Buffer): Promise<Answer>
  close(): void
}

const openAll = (load: Load) =>
  Promise.all(Array.from({ length: load.connections }, () => open(load.port)))

async function open(port: number): Promise<Connection> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true })
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve).once("error", reject)
  })
  return { send: makeSend(socket), close: () => socket.destroy() }
}

/** A connection that the server closed makes the bench fail: a number from it would be none. */
function makeSend(socket: Socket): Connection["send"] {
  let settle: { resolve(answer: Answer): void; reject(error: Error): void } | undefined
  let received = Buffer.alloc(0)
  const fail = () => settle?.reject(new Error("the server closed a connection"))
  socket.on("error", fail).on("close", fail)
  socket.on("data", (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const answer = readAnswer(received)
    if (!answer) return
    received = Buffer.alloc(0)
    settle?.resolve(answer)
  })
  return (request) =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject }
      socket.write(request)
    })
}

/** The answer once it is whole; nothing follows it, since the next request is not sent yet. */
function readAnswer(bytes: Buffer): Answer | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n")
  if (headEnd < 0) return undefined
  const head = bytes.toString("latin1", 0, headEnd).toLowerCase()
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1]
  const whole =
    length === undefined
      ? bytes.toString("latin1", bytes.length - 5) === "0\r\n\r\n"
      : bytes.length >= headEnd + 4 + Number(length)
  return whole ? { status: Number(head.slice(9, 12)) } : undefined
}

/** A GET request as bytes. */
export function getRequest(path: string, headers: Record<string, string>): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`)
}

/** @throws when anything but `status` came: refusals are fast and would flatter */
export function assertAll(result: LoadResult, status: number): void {
  const others = Object.keys(result.statuses).filter((seen) => Number(seen) !== status)
  if (others.length > 0) throw new Error(`answers: ${JSON.stringify(result.statuses)}`)
}
