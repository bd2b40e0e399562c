"use client"
import { useEffect, useMemo, useState } from "react"
import { type CodeLine, plainLines } from "./code-line.ts"
import { languageOf } from "./languages.ts"

type Colour = (text: string, language: string) => readonly CodeLine[]

/** longest text that is coloured anew at each key, in characters: what is longer stays plain */
const typedMax = 60_000

/**
 * The lines of a text that changes as somebody types it, in the colours of its file's language: each
 * text has its own at once, since old colours below new letters would be read as wrong ones.
 */
export function useColouring(path: string, text: string): readonly CodeLine[] {
  const [colour, setColour] = useState<Colour>()
  const language = languageOf(path)
  useEffect(() => {
    if (language === undefined) return
    const load = async () => {
      const { colourLines } = await import("./colour-lines.ts")
      setColour(() => colourLines)
    }
    // Without colours it is written as well.
    load().catch(() => undefined)
  }, [language])
  return useMemo(
    () =>
      colour && language !== undefined && text.length <= typedMax
        ? colour(text, language)
        : plainLines(text),
    [colour, language, text],
  )
}
