"use client"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { RunMessage } from "@vibecaas/contract/run-message"
import { MessageSquare } from "lucide-react"
import { exactTime, stopwatch } from "../ui/format.ts"
import { GivenFiles } from "./given-files.tsx"
import { Unheard } from "./unheard.tsx"

interface TimelineMessageProps {
  run: Run
  message: RunMessage
  /** when the run started, in `ms` */
  startedAt: number
}

/** What somebody wrote to the agents, at the moment they did. */
export function TimelineMessage({ run, message, startedAt }: TimelineMessageProps) {
  const at = Date.parse(message.sentAt)
  return (
    <li className="relative grid grid-cols-[52px_22px_minmax(0,1fr)] gap-x-2.5 py-[5px] text-13 motion-safe:animate-arrive max-md:grid-cols-[22px_minmax(0,1fr)]">
      <time
        dateTime={message.sentAt}
        title={exactTime(at)}
        className="text-right font-mono text-11 leading-[22px] text-fg-3 max-md:col-start-2 max-md:row-start-1 max-md:text-left"
      >
        {stopwatch(Math.max(0, at - startedAt))}
      </time>
      <span className="flex size-[22px] items-center justify-center rounded-2 bg-accent-soft text-accent-fg max-md:col-start-1 max-md:row-start-1">
        <MessageSquare aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
      </span>
      <div className="min-w-0 rounded-2 bg-accent-soft px-2 max-md:col-start-2">
        <p className="leading-[22px] [overflow-wrap:anywhere] whitespace-pre-line">
          <b className="font-medium text-fg">{message.sentBy}</b> {message.text}
        </p>
        <GivenFiles run={run} message={message.number} />
        <Unheard run={run} message={message} />
      </div>
    </li>
  )
}
