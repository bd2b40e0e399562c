"use client"
import { useState } from "react"

/** What a dialog was asked about. Closed it stays mounted, so that the focus goes back. */
export function useAsked<T>() {
  const [asked, setAsked] = useState<{ about: T; open: boolean }>()
  return {
    /** nothing until it is first asked, so that what it needs is loaded no earlier */
    about: asked?.about,
    open: asked?.open ?? false,
    ask: (about: T) => setAsked({ about, open: true }),
    close: () => setAsked((last) => last && { ...last, open: false }),
  }
}
