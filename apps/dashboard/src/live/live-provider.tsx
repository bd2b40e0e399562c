"use client"
import { notifyManager, useQueryClient } from "@tanstack/react-query"
import type { Topic } from "@vibecaas/contract/stream"
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react"
import { readAgain } from "../api/touch.ts"
import type { LiveEvent } from "../kind.ts"
import { live, missed } from "../kinds.ts"
import { makeLiveCache } from "./live-cache.ts"
import { type LiveState, LiveStream, type Socket } from "./stream.ts"
import { together } from "./together.ts"

type Hearer = (event: LiveEvent) => void

interface LiveContext {
  stream: LiveStream | undefined
  state: LiveState
  hearers: Set<Hearer>
}

const Live = createContext<LiveContext>({
  ...{ stream: undefined, state: "connecting" },
  hearers: new Set(),
})

/** Keeps the one live stream of the page and feeds what was read from it. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [stream, setStream] = useState<LiveStream>()
  const [state, setState] = useState<LiveState>("connecting")
  const [hearers] = useState(() => new Set<Hearer>())
  useEffect(() => {
    const later = (ms: number, action: () => void) => setTimeout(action, ms)
    const cache = makeLiveCache({ client, later, live, missed })
    // A step of a run tells of several things: together they are drawn once.
    const show = together<LiveEvent>(later, (events) =>
      notifyManager.batch(() => {
        for (const event of events) {
          // Before the cache has it: they see what was.
          for (const hear of hearers) hear(event)
          cache.apply(event)
        }
      }),
    )
    const made = new LiveStream({
      open: openSocket,
      later: (ms, action) => {
        const timer = setTimeout(action, ms)
        return () => clearTimeout(timer)
      },
      random: Math.random,
      onEvent: show,
      onReset: cache.readTopicAgain,
      onState: (now) => {
        setState(now)
        // A sign-out elsewhere ends the stream too: then this page has to leave.
        if (now === "lost") readAgain(client, "GET /me")
      },
    })
    setStream(made)
    return () => made.close()
  }, [client, hearers])
  return <Live.Provider value={{ stream, state, hearers }}>{children}</Live.Provider>
}

function openSocket(): Socket {
  const { protocol, host } = window.location
  const socket = new WebSocket(`${protocol === "https:" ? "wss" : "ws"}://${host}/api/v1/stream`)
  return {
    // One that ends is not open any more before it says so, and complains of what is sent.
    send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
    close: () => socket.close(),
    onOpen: (action) => socket.addEventListener("open", action),
    onMessage: (action) => socket.addEventListener("message", ({ data }) => action(String(data))),
    onClose: (action) => socket.addEventListener("close", action),
  }
}

/** Follows a topic as long as the component is there. */
export function useTopic(topic: Topic | undefined): void {
  const { stream } = useContext(Live)
  useEffect(() => (topic ? stream?.follow(topic) : undefined), [stream, topic])
}

/** Gives what is below it events that come from elsewhere than a stream. */
export function LiveEvents({
  hearers,
  children,
}: Pick<LiveContext, "hearers"> & { children: ReactNode }) {
  return (
    <Live.Provider value={{ stream: undefined, state: "live", hearers }}>{children}</Live.Provider>
  )
}

/** Hears every event, before what was read is brought up to date. */
export function useLiveEvents(hear: Hearer): void {
  const { hearers } = useContext(Live)
  const latest = useRef(hear)
  latest.current = hear
  useEffect(() => {
    const call: Hearer = (event) => latest.current(event)
    hearers.add(call)
    return () => void hearers.delete(call)
  }, [hearers])
}

export function useLiveState(): LiveState {
  return useContext(Live).state
}
