"use client"
import { useLiveState } from "../live/live-provider.tsx"
import { useOnline } from "../live/use-online.ts"
import { cn } from "../ui/cn.ts"

const words = {
  connecting: "Connecting",
  live: "Live",
  lost: "Reconnecting",
  offline: "Offline",
}

/** A socket may not have noticed yet that the network is gone. */
function useMarkState(): keyof typeof words {
  const state = useLiveState()
  return useOnline() ? state : "offline"
}

/** Whether what is on the screen changes by itself. */
export function LiveMark() {
  const state = useMarkState()
  return (
    <span
      role="status"
      className="inline-flex items-center gap-1.5 text-12 whitespace-nowrap text-fg-3"
      title={state === "live" ? "Changes appear by themselves" : "Changes appear once connected"}
    >
      <span
        aria-hidden="true"
        className={cn(
          "size-1.5 rounded-full",
          state === "live" ? "bg-ok-dot" : "border-[1.5px] border-warn-dot",
        )}
      />
      {words[state]}
    </span>
  )
}

/** The same beside the breadcrumb of a phone, where the sidebar is folded: only when there is news. */
export function LostMark() {
  const state = useMarkState()
  return state === "lost" || state === "offline" ? (
    <span className="flex md:hidden">
      <LiveMark />
    </span>
  ) : null
}
