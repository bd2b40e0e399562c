"use client"
import { useState } from "react"

/**
 * A choice that is kept in the address, so that a reload, Back and a shared link have it as well. Pages
 * behind the door are drawn in browsers only, so the address is there to read.
 *
 * @param first the choice that the address does not name
 */
export function useInAddress(name: string, first = ""): [string, (value: string) => void] {
  const [value, setValue] = useState(() => read(name) ?? first)
  const choose = (next: string) => {
    setValue(next)
    const url = new URL(window.location.href)
    if (next === first) url.searchParams.delete(name)
    else url.searchParams.set(name, next)
    // The router follows what is put in place of an address, and reads nothing again for it.
    window.history.replaceState(null, "", url)
  }
  return [value, choose]
}

const read = (name: string) => new URLSearchParams(window.location.search).get(name)
