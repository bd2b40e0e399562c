"use client"
import { useEffect } from "react"
import { linkLeaving } from "../form/use-unsaved.ts"
import { useToast } from "../ui/toast.tsx"

/** Without a network a link of ours would lead to the browser's own page about that: it says so instead. */
export function useStayOffline(): void {
  const say = useToast()
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      if (navigator.onLine || !linkLeaving(event)) return
      event.preventDefault()
      event.stopPropagation()
      say({
        glyph: "warn",
        title: "You are offline",
        detail: "This page stays as it is. The others open once the network is back.",
      })
    }
    window.addEventListener("click", onClick, true)
    return () => window.removeEventListener("click", onClick, true)
  }, [say])
}
