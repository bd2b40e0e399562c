"use client"
import { useEffect, useLayoutEffect, useRef } from "react"

/** how near to its end a page counts as read to the end, in `px` */
const nearPx = 160

/** Keeps the end of the page in view as it grows, for somebody who is there already. */
export function useFollowEnd(growth: number, on: boolean): void {
  const atEnd = useRef(false)
  useEffect(() => {
    const look = () => {
      const { scrollHeight } = document.documentElement
      const left = scrollHeight - window.scrollY - window.innerHeight
      // A page that does not scroll yet is not one that somebody read to its end.
      atEnd.current = window.scrollY > 0 && left < nearPx
    }
    look()
    window.addEventListener("scroll", look, { passive: true })
    return () => window.removeEventListener("scroll", look)
  }, [])
  useLayoutEffect(() => {
    if (on && growth > 0 && atEnd.current) window.scrollTo({ top: document.body.scrollHeight })
  }, [growth, on])
}
