import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { guestFault, lostGuest } from "./guest-replies.ts"
import type { GuestSession } from "./guest-session.ts"

/** A root of the machine as a tar archive; what is not read here is not sent there. */
export function packed(session: GuestSession, root: string): Readable {
  let unread: Buffer[] = []
  const archive = new Readable({
    read() {
      for (const bytes of unread.splice(0)) stream.grant(bytes)
    },
    destroy(error, done) {
      unread = []
      stream.cancel()
      done(error)
    },
  })
  const stream = session.open(
    { op: "pack", root },
    {
      data: (bytes) => {
        unread.push(bytes)
        archive.push(bytes)
      },
      result: () => void archive.push(null),
      fail: (code, message) => void archive.destroy(guestFault(code, message)),
      closed: (reason) => {
        if (reason !== "result") archive.destroy(lostGuest(reason))
      },
    },
  )
  return archive
}

/** Fills a root of the machine from an archive, in place of what it held. */
export async function unpacked(
  session: GuestSession,
  root: string,
  archive: Readable,
): Promise<void> {
  const done = Promise.withResolvers<void>()
  const stream = session.open(
    { op: "unpack", root },
    {
      result: () => done.resolve(),
      fail: (code, message) => done.reject(guestFault(code, message)),
      closed: (reason) => done.reject(lostGuest(reason)),
    },
  )
  const sent = pipeline(archive, async (chunks: AsyncIterable<Buffer>) => {
    for await (const bytes of chunks) if (!(await stream.send(bytes))) return
    stream.end()
  })
  try {
    await Promise.all([sent, done.promise])
  } finally {
    done.promise.catch(() => {})
    stream.cancel()
  }
}
