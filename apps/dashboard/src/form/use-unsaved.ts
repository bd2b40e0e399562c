"use client"
import { useEffect } from "react"

const question = "What you typed was not sent yet. Leave the page and lose it?"

/** Asks before a page is left on which something was typed and not sent. */
export function useUnsaved(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    const onClick = (event: MouseEvent) => {
      if (!linkLeaving(event) || window.confirm(question)) return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener("beforeunload", onUnload)
    // Before the router hears of it: links inside the dashboard load no page.
    window.addEventListener("click", onClick, true)
    return () => {
      window.removeEventListener("beforeunload", onUnload)
      window.removeEventListener("click", onClick, true)
    }
  }, [unsaved])
}

/** Whether a click follows a link away from this page in this tab. */
export function linkLeaving(event: MouseEvent): boolean {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return false
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null
  if (!(link instanceof HTMLAnchorElement) || link.target === "_blank") return false
  return link.origin === window.location.origin && link.pathname !== window.location.pathname
}
