"use client"
import { useEffect, useRef } from "react"
import type { FieldValues, Path, PathValue } from "react-hook-form"
import type { Form } from "./use-form.ts"

const prefix = "draft:"

/** What a field's draft is kept under: whose it is, and what it is for. */
export const draftKey = (...parts: string[]) => `${prefix}${parts.join(":")}`

/**
 * Keeps what is typed into a field in this browser until it is sent, and begins with it: after another
 * page, a reload, or a form that took this one's place. Answers how to forget it.
 */
export function useDraft<Values extends FieldValues>(
  { state }: Form<Values>,
  name: Path<Values>,
  key: string,
): () => void {
  const begun = useRef(false)
  const sent = useRef(false)
  const typed: string = state.watch(name) // such a field holds text
  useEffect(() => {
    const kept = readDraft(key)
    if (kept && !state.getValues(name))
      state.setValue(name, kept as PathValue<Values, Path<Values>>, { shouldDirty: true })
    begun.current = true
  }, [state, name, key])
  useEffect(() => {
    if (begun.current && !sent.current) writeDraft(key, typed)
  }, [key, typed])
  return () => {
    sent.current = true
    writeDraft(key, "")
  }
}

/** Leaves no draft of anybody in this browser. */
export function forgetDrafts(): void {
  inStorage((storage) => {
    for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key)
  })
}

function readDraft(key: string): string {
  return inStorage((storage) => storage.getItem(key)) ?? ""
}

function writeDraft(key: string, text: string): void {
  inStorage((storage) => {
    if (text.trim() === "") storage.removeItem(key)
    else storage.setItem(key, text)
  })
}

/** A browser that keeps nothing, or has no more room, only forgets sooner. */
function inStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(window.localStorage)
  } catch {
    return undefined
  }
}
