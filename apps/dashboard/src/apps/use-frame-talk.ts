"use client"
import { type RefObject, useEffect, useState } from "react"

/** What the page in the frame of a preview told of itself. */
export interface FrameTalk {
  /** where it is; undefined when it says nothing, as one does whose policy allows no script of ours */
  path: string | undefined
  mayGoBack: boolean
  /** what failed in it, oldest first */
  errors: readonly string[]
  /** whether it loads itself again after a start, and keeps its place then */
  reloads: boolean
}

const silent: FrameTalk = { path: undefined, mayGoBack: false, errors: [], reloads: false }
/** an app that fails in a loop is told of no longer */
const errorsMax = 20
const charsMax = 500

/** Hears the frame in an element, of one address in one load; what others say is not heard. */
export function useFrameTalk(
  stage: RefObject<HTMLElement | null>,
  { address, load }: { address: string | undefined; load: number },
): FrameTalk & { goBack(): void } {
  const [talk, setTalk] = useState({ of: load, ...silent })
  const heard = talk.of === load ? talk : silent
  const origin = address === undefined ? undefined : new URL(address).origin
  useEffect(() => {
    if (origin === undefined) return
    const hear = (event: MessageEvent) => {
      if (event.origin !== origin) return
      const said = wordOf(event.data)
      if (said)
        setTalk((before) => ({
          ...added(before.of === load ? before : { of: load, ...silent }, said),
          of: load,
        }))
    }
    window.addEventListener("message", hear)
    return () => window.removeEventListener("message", hear)
  }, [origin, load])
  return {
    ...heard,
    goBack: () => {
      const frame = stage.current?.querySelector("iframe")
      if (origin !== undefined) frame?.contentWindow?.postMessage("vibecaas:back", origin)
    },
  }
}

type Word = Partial<Omit<FrameTalk, "errors">> & { error?: string }

/** An app may say anything. */
function wordOf(data: unknown): Word | undefined {
  if (data === "vibecaas:reloads") return { reloads: true }
  if (typeof data !== "object" || data === null || !("vibecaas" in data)) return undefined
  const { path, mayGoBack, error } = Object(data.vibecaas) as Record<string, unknown>
  if (typeof error === "string") return { error: error.slice(0, charsMax) }
  if (typeof path !== "string" || !path.startsWith("/")) return undefined
  return { path: path.slice(0, charsMax), mayGoBack: mayGoBack === true }
}

function added(talk: FrameTalk, { error, ...word }: Word): FrameTalk {
  const known = error === undefined || talk.errors.includes(error)
  const errors = known ? talk.errors : [...talk.errors, error].slice(-errorsMax)
  return { ...talk, ...word, errors }
}
