"use client"
import { type RefObject, useEffect, useRef } from "react"
import type { FieldValues, Path, PathValue } from "react-hook-form"
import type { Form } from "../form/use-form.ts"

/** Keeps what is typed into a field for the form that takes this one's place, and begins with it. */
export function useKeptText<Values extends FieldValues>(
  { state }: Form<Values>,
  name: Path<Values>,
  kept: RefObject<string>,
): void {
  const first = useRef(kept.current)
  const typed: string = state.watch(name)
  useEffect(() => {
    // Both fields hold text.
    if (first.current) state.setValue(name, first.current as PathValue<Values, Path<Values>>)
    first.current = ""
  }, [state, name])
  useEffect(() => {
    kept.current = typed
  }, [kept, typed])
}
