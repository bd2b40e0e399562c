"use client"
import { useRouter } from "next/navigation"
import { useEffect, useRef } from "react"
import { pages } from "../kinds.ts"
import { hrefOf, mainPages } from "./pages.ts"
import { useSession } from "./session.tsx"
import { useShortcut } from "./use-shortcut.ts"

/** how soon after G the second key has to follow, in `ms` */
const soonMs = 1500

/** G and then the key of a page leads there. */
export function useGoKeys(): void {
  const { can, paths } = useSession()
  const router = useRouter()
  const pressedAt = useRef(Number.NEGATIVE_INFINITY)
  useShortcut("g", () => {
    // G is a page's own key as well: pressed twice, the second is for the page.
    if (performance.now() - pressedAt.current < soonMs) return false
    pressedAt.current = performance.now()
  })
  useEffect(() => {
    const follow = (event: KeyboardEvent) => {
      const began = pressedAt.current
      if (event.defaultPrevented || performance.now() - began > soonMs) return
      pressedAt.current = Number.NEGATIVE_INFINITY
      const page = mainPages(pages, can).find(({ goKey }) => goKey === event.key.toLowerCase())
      if (!page) return
      event.preventDefault()
      // Keys of the page that is open, such as those that move in a list, are not for it.
      event.stopImmediatePropagation()
      router.push(`${paths.root}${hrefOf(page)}`)
    }
    window.addEventListener("keydown", follow, true)
    return () => window.removeEventListener("keydown", follow, true)
  }, [can, paths, router])
}
