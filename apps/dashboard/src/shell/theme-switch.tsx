"use client"
import { Monitor, Moon, Sun } from "lucide-react"
import { useSyncExternalStore } from "react"
import { Segmented } from "../ui/segmented.tsx"
import { type Theme, themeCookie, themeOf } from "./theme.ts"

const icon = { "aria-hidden": true, strokeWidth: 1.75 } as const
const faces = [
  { value: "system", label: "System", face: <Monitor {...icon} /> },
  { value: "light", label: "Light", face: <Sun {...icon} /> },
  { value: "dark", label: "Dark", face: <Moon {...icon} /> },
] as const

/** System, light or dark; kept in a cookie so that the server sends the right page. */
export function ThemeSwitch({ words }: { words?: boolean }) {
  const theme = useTheme()
  return (
    <Segmented
      label="Theme"
      value={theme}
      segments={words ? faces.map(({ value, label }) => ({ value, label })) : faces}
      onChange={setTheme}
      small={!words}
    />
  )
}

const yearSeconds = 31_536_000
const listeners = new Set<() => void>()

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => themeOf(document.documentElement.dataset.theme),
    () => "system",
  )
}

export function setTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari and Firefox
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${yearSeconds}; samesite=lax`
  for (const listener of listeners) listener()
}
