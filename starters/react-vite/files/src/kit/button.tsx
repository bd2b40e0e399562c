import type { ComponentProps } from "react"
import { classNames } from "./class-names.ts"

const looks = {
  primary: "bg-accent text-on-accent font-semibold hover:brightness-110",
  quiet: "border border-edge/60 bg-surface hover:bg-sunk",
  plain: "hover:bg-sunk",
  danger: "border border-danger/50 bg-surface text-danger hover:bg-danger-soft",
}

interface ButtonProps extends ComponentProps<"button"> {
  look?: keyof typeof looks
}

/** One primary button a screen; the others are quiet. */
export function Button({ look = "quiet", className, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={classNames(
        "inline-flex min-h-10 items-center justify-center gap-2 rounded-lg px-4 text-[15px] transition",
        "cursor-pointer active:translate-y-px disabled:cursor-not-allowed disabled:opacity-50",
        looks[look],
        className,
      )}
    />
  )
}

interface IconButtonProps extends ComponentProps<"button"> {
  /** what it does, for those who do not see the icon */
  label: string
}

export function IconButton({ label, className, type = "button", ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      className={classNames(
        "inline-grid size-10 cursor-pointer place-items-center rounded-lg text-muted transition hover:bg-sunk hover:text-ink",
        className,
      )}
    />
  )
}
