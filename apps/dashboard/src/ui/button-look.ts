import { cva } from "class-variance-authority"

/** Classes of a button, also for links that look like one. */
export const buttonLook = cva(
  "inline-flex items-center justify-center gap-1.5 border font-medium whitespace-nowrap select-none transition-colors duration-(--m-1) ease-ui [&_svg]:size-3.5 [&_svg]:flex-none",
  {
    variants: {
      kind: {
        plain: "border-line-2 bg-bg shadow-1 hover:bg-hover active:bg-active",
        main: "border-transparent bg-accent text-on-accent shadow-1 hover:bg-accent-hover",
        bad: "border-transparent bg-bad-fill text-on-accent shadow-1 hover:bg-bad-fill-hover",
        "bad-quiet": "border-bad-line bg-bg text-bad-fg shadow-1 hover:bg-bad-soft",
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
