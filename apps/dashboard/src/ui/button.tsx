"use client"
import { cva, type VariantProps } from "class-variance-authority"
import type { ComponentProps, MouseEvent, ReactNode } from "react"
import { cn } from "./cn.ts"
import { Tip } from "./tip.tsx"

export const buttonLook = cva(
  "inline-flex items-center justify-center gap-1.5 border font-medium whitespace-nowrap select-none transition-colors duration-(--m-1) ease-ui [&_svg]:size-3.5 [&_svg]:flex-none",
  {
    variants: {
      kind: {
        plain: "border-line-2 bg-bg shadow-1 hover:bg-hover active:bg-active",
        main: "border-transparent bg-accent text-on-accent shadow-1 hover:bg-accent-hover",
        bad: "border-transparent bg-bad-fill text-on-accent shadow-1 hover:bg-bad-fill-hover",
        ghost: "border-transparent text-fg-2 hover:bg-hover active:bg-active",
      },
      size: {
        sm: "h-7 rounded-2 px-2.5 text-12",
        md: "h-8 rounded-3 px-3 text-13 max-md:min-h-9",
        lg: "h-10 rounded-3 px-4 text-14",
      },
      icon: { true: "px-0", false: "" },
    },
    compoundVariants: [
      { size: "sm", icon: true, class: "w-7 max-md:size-9" },
      { size: "md", icon: true, class: "w-8 max-md:w-9" },
    ],
    defaultVariants: { kind: "plain", size: "md", icon: false },
  },
)

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
