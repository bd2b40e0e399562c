import type { ReactNode } from "react"
import { classNames } from "./class-names.ts"

const tones = {
  neutral: "bg-sunk text-muted",
  danger: "bg-danger-soft text-danger",
  warn: "bg-warn-soft text-warn",
}

export function Badge({
  tone = "neutral",
  children,
}: {
  tone?: keyof typeof tones
  children: ReactNode
}) {
  return (
    <span
      className={classNames(
        "inline-block max-w-40 truncate rounded-md px-2 py-0.5 align-middle text-[13px] font-medium",
        tones[tone],
      )}
    >
      {children}
    </span>
  )
}

/** A person as their first letters. */
export function Person({ name }: { name: string }) {
  const letters = name.split(/\s+/).map((word) => [...word][0] ?? "")
  return (
    <span className="inline-flex max-w-44 items-center gap-2">
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-items-center rounded-full bg-sunk text-xs font-semibold text-muted"
      >
        {letters.slice(0, 2).join("").toUpperCase()}
      </span>
      <span className="truncate">{name}</span>
    </span>
  )
}
