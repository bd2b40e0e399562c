import { type Duplex, duplexPair } from "node:stream"
import { systemClock } from "@vibecaas/kernel/clock"
import { describe, expect, test } from "vitest"
import { connectGuest, type Guest } from "./guest-client.ts"
import {
  encodeFrame,
  encodeJson,
  type Frame,
  frameType,
  makeFrameReader,
  payloadMax,
  protocolVersion,
  syncBytes,
} from "./guest-protocol.ts"

type Reply = (frame: Frame, pipe: Duplex) => void

/** A guest whose agent is ours to write: it says hello, then does what `reply` does. */
async function hostileGuest(reply: Reply, hello: unknown = { version: protocolVersion }) {
  const [host, agent] = duplexPair()
  const read = makeFrameReader()
  let unsynced: Buffer | undefined = Buffer.alloc(0)
  agent.on("data", (chunk: Buffer) => {
    if (unsynced) {
      unsynced = Buffer.concat([unsynced, chunk])
      if (unsynced.length < syncBytes) return
      agent.write(Buffer.concat([Buffer.from("stale bytes"), unsynced.subarray(0, syncBytes)]))
      agent.write(encodeJson(0, frameType.hello, hello))
      chunk = unsynced.subarray(syncBytes)
      unsynced = undefined
    }
    for (const frame of read(chunk)) {
      // Later, as on a real stream: no answer comes before the question is sent.
      if (frame.type === frameType.open) queueMicrotask(() => reply(frame, agent))
    }
  })
  agent.on("error", () => {})
  const options = { clock: systemClock, helloTimeoutMs: 500, callTimeoutMs: 500 }
  return connectGuest({ connect: async () => host }, options)
}

const broken = { code: "guest_lost" }

describe("an agent that breaks the protocol loses the session", () => {
  const attacks: [string, Reply][] = [
    ["a frame longer than allowed", (_f, pipe) => pipe.write(header(payloadMax + 6))],
    ["a frame shorter than its header", (_f, pipe) => pipe.write(header(4))],
    ["a stream nobody opened", (_f, pipe) => pipe.write(encodeJson(999, frameType.result, {}))],
    ["stream zero", (_f, pipe) => pipe.write(encodeJson(0, frameType.hello, {}))],
    ["a stream of its own", (_f, pipe) => pipe.write(encodeJson(2, frameType.open, {}))],
    ["an unknown type", (f, pipe) => pipe.write(encodeFrame(f.stream, 99, Buffer.alloc(0)))],
    [
      "text that is not JSON",
      (f, pipe) => pipe.write(encodeFrame(f.stream, frameType.result, Buffer.from("{"))),
    ],
    [
      "credit that cannot be",
      (f, pipe) => pipe.write(encodeFrame(f.stream, frameType.credit, Buffer.alloc(4, 255))),
    ],
    [
      "empty data frames",
      (f, pipe) => pipe.write(encodeFrame(f.stream, frameType.data, Buffer.alloc(1))),
    ],
  ]
  for (const [title, reply] of attacks) {
    test(title, async () => {
      const guest = await hostileGuest(reply)
      await expect(guest.ping()).rejects.toMatchObject(broken)
    })
  }

  test("data without credit", async () => {
    const guest = await hostileGuest((frame, pipe) => flood(frame, pipe, 6))
    const port = guest.connectPort(80)
    const socket = await port
    await expect(ended(socket)).resolves.toBe("connection closed")
  })
})

test("more output than asked for is a fault, not memory", async () => {
  const guest = await hostileGuest((frame, pipe) => flood(frame, pipe, 1))
  await expect(guest.readFile("/workspace/x", 10)).rejects.toMatchObject({ code: "guest_broken" })
})

test("an agent of another version, or none, is silent", async () => {
  const other = hostileGuest(() => {}, { version: 999 })
  await expect(other).rejects.toMatchObject({ code: "guest_silent", retryable: true })
  const [host] = duplexPair()
  const none = connectGuest(
    { connect: async () => host },
    { clock: systemClock, helloTimeoutMs: 50 },
  )
  await expect(none).rejects.toMatchObject({ code: "guest_silent" })
})

test("an agent that never answers a call is given up", async () => {
  const guest = await hostileGuest(() => {})
  await expect(guest.ping()).rejects.toMatchObject({ code: "guest_timeout" })
})

describe("an answer that makes no sense is a fault", () => {
  const lies: [string, unknown, (guest: Guest) => Promise<unknown>][] = [
    ["a status that does not exist", { state: "winning" }, (guest) => guest.appStatus()],
    ["an exit code that is text", { exitCode: "0" }, (guest) => guest.exec(["true"])],
    ["a port out of range", { port: 0 }, (guest) => guest.freePort()],
  ]
  for (const [title, value, ask] of lies) {
    test(title, async () => {
      const guest = await hostileGuest((f, pipe) =>
        pipe.write(encodeJson(f.stream, frameType.result, value)),
      )
      await expect(ask(guest)).rejects.toMatchObject({ code: "guest_broken" })
    })
  }

  for (const path of ["../etc/passwd", "/etc/passwd", "a//b", "a/./b"]) {
    test(`a scanned file at ${path}`, async () => {
      const line = `${JSON.stringify([path, 1, 0o644, "0".repeat(40)])}\n`
      const guest = await hostileGuest((f, pipe) => {
        pipe.write(encodeFrame(f.stream, frameType.data, Buffer.from(`\0${line}`)))
        pipe.write(encodeJson(f.stream, frameType.result, {}))
      })
      const scanned = guest.scan("/workspace", { maxFiles: 10 })
      await expect(scanned).rejects.toMatchObject({ code: "guest_broken" })
    })
  }
})

test("an agent's words never become the sentence a person reads", async () => {
  const words = { code: "not_found", message: "<script>\u0007visit evil.test</script>" }
  const guest = await hostileGuest((f, pipe) =>
    pipe.write(encodeJson(f.stream, frameType.fail, words)),
  )
  await expect(guest.ping()).rejects.toMatchObject({
    say: "That file does not exist in the machine.",
    note: "<script> visit evil.test</script>",
  })
})

function header(length: number): Buffer {
  const bytes = Buffer.alloc(9)
  bytes.writeUInt32BE(length, 0)
  return bytes
}

function flood({ stream }: Frame, pipe: Duplex, frames: number): void {
  pipe.write(encodeFrame(stream, frameType.opened, Buffer.alloc(0)))
  for (let n = 0; n < frames; n++) {
    pipe.write(encodeFrame(stream, frameType.data, Buffer.alloc(payloadMax, 1)))
  }
}

function ended(socket: Duplex): Promise<string> {
  return new Promise((resolve) => {
    socket.on("error", (error) => resolve(error.message))
    socket.on("end", () => resolve("end"))
  })
}
