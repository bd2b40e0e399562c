"use client"
import { useEffect, useRef } from "react"

/**
 * Runs `action` when the key is pressed, e.g. `"c"`, `"/"`, `"mod+k"`. A plain key is left alone
 * while somebody types, or while a dialog or menu is open. An action that answers `false` leaves it
 * to others.
 */
export function useShortcut(key: string, action: (event: KeyboardEvent) => unknown): void {
  const latest = useRef(action)
  useEffect(() => {
    latest.current = action
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!matches(key, event)) return
      if (latest.current(event) !== false) event.preventDefault()
    }
    window.addEventListener("keydown", listen)
    return () => window.removeEventListener("keydown", listen)
  }, [key])
}

function matches(key: string, event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey) return false
  const modified = event.metaKey || event.ctrlKey
  if (key.startsWith("mod+")) return modified && event.key.toLowerCase() === key.slice(4)
  return !modified && event.key.toLowerCase() === key && !busyElsewhere(event.target)
}

function busyElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"]')) return true
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !(target instanceof HTMLInputElement && target.type === "radio")
  )
}
