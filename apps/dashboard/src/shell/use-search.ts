"use client"
import { useEffect, useRef, useState } from "react"

/**
 * Whether the palette is open. Closed, it gives the focus back to where it was, and only then runs
 * what was chosen: a dialog that opens next remembers that place, not the palette.
 */
export function useSearch() {
  const [open, setOpen] = useState(false)
  const [wasOpen, setWasOpen] = useState(false)
  const before = useRef<Element>(null)
  const chosen = useRef<() => void>(undefined)
  useEffect(() => {
    if (open || !before.current) return
    giveBack(before.current)
    before.current = null
    const run = chosen.current
    chosen.current = undefined
    run?.()
  }, [open])
  const show = () => {
    before.current = document.activeElement
    setWasOpen(true)
    setOpen(true)
  }
  const close = (then?: () => void) => {
    chosen.current = then
    setOpen(false)
  }
  return { open, wasOpen, show, close }
}

/** What is gone by now, such as a button of the folded menu, is answered for by the page itself. */
function giveBack(element: Element): void {
  const there = element.isConnected && element !== document.body
  const target = there ? element : document.getElementById("content")
  if (target instanceof HTMLElement) target.focus({ preventScroll: true })
}
