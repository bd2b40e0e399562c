"use client"
import type { LucideIcon } from "lucide-react"
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react"

/** One thing a page can do now, offered by the palette. */
export interface Command {
  name: string
  icon: LucideIcon
  run(): void
}

interface Commands {
  all: ReadonlyMap<string, readonly Command[]>
  set(group: string, commands: readonly Command[] | undefined): void
}

const Registered = createContext<Commands>({ all: new Map(), set: () => undefined })

export function CommandsProvider({ children }: { children: ReactNode }) {
  const [all, setAll] = useState<ReadonlyMap<string, readonly Command[]>>(new Map())
  const value = useMemo<Commands>(
    () => ({
      all,
      set: (group, commands) =>
        setAll((before) => {
          const after = new Map(before)
          if (commands) after.set(group, commands)
          else after.delete(group)
          return after
        }),
    }),
    [all],
  )
  return <Registered.Provider value={value}>{children}</Registered.Provider>
}

export function useAllCommands(): ReadonlyMap<string, readonly Command[]> {
  return useContext(Registered).all
}

/** Offers commands under a heading of the palette as long as the component is there. */
export function useCommands(group: string, commands: readonly Command[]): void {
  const { set } = useContext(Registered)
  const setNow = useRef(set)
  const latest = useRef(commands)
  setNow.current = set
  latest.current = commands
  const names = commands.map(({ name }) => name).join("\n")
  useEffect(() => {
    const set = setNow.current
    const list = names === "" ? [] : names.split("\n")
    set(
      group,
      list.map((name, at) => ({
        name,
        icon: latest.current[at]?.icon ?? fallbackIcon(latest.current),
        run: () => latest.current.find((command) => command.name === name)?.run(),
      })),
    )
    return () => set(group, undefined)
  }, [group, names])
}

function fallbackIcon(commands: readonly Command[]): LucideIcon {
  const [first] = commands
  if (!first) throw new Error("a group of commands has no icon")
  return first.icon
}
