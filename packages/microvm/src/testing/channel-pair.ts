import type { Channel } from "../launcher/channel.ts"

/** Two ends of a channel in one process; messages pass as copies, as between processes. */
export function channelPair(): { launcher: Channel; server: Channel; close(): void } {
  const ends = [makeEnd(), makeEnd()] as const
  const channel = (own: ReturnType<typeof makeEnd>, other: ReturnType<typeof makeEnd>) => ({
    send: (message: object) => {
      const copy: unknown = JSON.parse(JSON.stringify(message))
      for (const listener of [...other.listeners]) queueMicrotask(() => listener(copy))
    },
    onMessage: (listener: (message: unknown) => void) => {
      own.listeners.add(listener)
      return () => own.listeners.delete(listener)
    },
    onClose: (listener: () => void) => void own.closing.push(listener),
  })
  return {
    launcher: channel(ends[0], ends[1]),
    server: channel(ends[1], ends[0]),
    close: () => {
      for (const end of ends) for (const listener of end.closing) listener()
    },
  }
}

function makeEnd() {
  return { listeners: new Set<(message: unknown) => void>(), closing: [] as (() => void)[] }
}
