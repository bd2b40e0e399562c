"use client"
import type { VariantProps } from "class-variance-authority"
import type { ComponentProps, MouseEvent, ReactNode } from "react"
import { buttonLook } from "./button-look.ts"
import { cn } from "./cn.ts"
import { Tip } from "./tip.tsx"

const offLook: Record<string, string> = {
  plain: "border-line bg-sunken text-fg-off shadow-none hover:bg-sunken active:bg-sunken",
  main: "bg-active text-fg-3 shadow-none hover:bg-active",
  bad: "bg-active text-fg-3 shadow-none hover:bg-active",
  ghost: "text-fg-off hover:bg-transparent active:bg-transparent",
}

export interface ButtonProps
  extends Omit<ComponentProps<"button">, "disabled">,
    VariantProps<typeof buttonLook> {
  /** why it cannot be pressed now; the button stays in the tab order and says so */
  off?: string | false | undefined
  /** what is being done, while it is being done, e.g. "Creating project" */
  busy?: ReactNode
}

/** A button says its verb. Switched off it keeps its place and its focus, and says what is missing. */
export function Button({ kind, size, icon, off, busy, className, ...rest }: ButtonProps) {
  const inert = Boolean(off) || Boolean(busy)
  const button = (
    <button
      type="button"
      {...rest}
      aria-disabled={inert || undefined}
      aria-busy={busy ? true : undefined}
      onClick={inert ? refuse : rest.onClick}
      className={cn(
        buttonLook({ kind, size, icon }),
        off && "cursor-not-allowed",
        off && offLook[kind ?? "plain"],
        className,
      )}
    >
      {busy ? (
        <>
          <Spinner />
          {busy}
        </>
      ) : (
        rest.children
      )}
    </button>
  )
  return off ? <Tip text={off}>{button}</Tip> : button
}

// `disabled` would take the focus and the explanation away, so the click is refused instead.
function refuse(event: MouseEvent) {
  event.preventDefault()
}

function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="size-3 rounded-full border-2 border-current border-r-transparent motion-safe:animate-[turn_1s_linear_infinite]"
    />
  )
}
