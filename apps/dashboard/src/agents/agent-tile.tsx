import type { AgentRole } from "@vibecaas/contract/kinds/agents"
import { cn } from "../ui/cn.ts"
import { roleLooks } from "./roles.ts"

/** An agent: a square tile with its icon, violet while it works. */
export function AgentTile({ role, working }: { role: AgentRole; working: boolean }) {
  const { icon: Icon } = roleLooks[role]
  return (
    <span
      aria-hidden="true"
      className={cn(
        "grid size-[22px] flex-none place-items-center rounded-2 text-fg-2",
        working ? "border border-accent-line bg-accent-soft text-accent-fg" : "bg-idle-soft",
      )}
    >
      <Icon className="size-[13px]" strokeWidth={1.75} />
    </span>
  )
}
