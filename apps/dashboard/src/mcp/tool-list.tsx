"use client"
import { useMutation } from "@tanstack/react-query"
import type { McpServer, McpTool, ToolMode } from "@vibecaas/contract/kinds/mcp"
import { useState } from "react"
import { problemOf } from "../api/problem.ts"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { count } from "../ui/format.ts"
import { Note } from "../ui/note.tsx"
import { Segmented } from "../ui/segmented.tsx"
import { changeServer } from "./queries.ts"

const words: Record<ToolMode, string> = { off: "Off", ask: "Ask", allowed: "Allow" }
const modes: readonly ToolMode[] = ["off", "ask", "allowed"]
/** tools that are shown before the others are asked for */
const shownMax = 8

interface ToolListProps {
  server: McpServer
  /** why nothing of it can be changed */
  off: string | undefined
}

/** The tools of a server, each with what agents may do with it. */
export function ToolList({ server, off }: ToolListProps) {
  const [all, setAll] = useState(false)
  const { tools } = server
  if (tools.length === 0) return null
  // Those that agents have are never hidden.
  const first = tools.filter((tool, at) => at < shownMax || tool.mode !== "off" || tool.changed)
  const shown = all ? tools : first
  return (
    <div className="grid gap-2">
      <p className="text-12 text-fg-3">
        Off: agents are not told of it. Ask: a person sees each call with its arguments and decides.
        Allow: agents call it by themselves.
      </p>
      <ul className="grid gap-px overflow-clip rounded-3 border border-line bg-line">
        {shown.map((tool) => (
          <ToolRow key={tool.name} server={server} tool={tool} off={off} />
        ))}
      </ul>
      {shown.length < tools.length ? (
        <div>
          <Button size="sm" onClick={() => setAll(true)}>
            Show {count(tools.length - shown.length, "more tool")}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

/** In full when asked for: whoever turns a tool on should know all that agents will be told. */
function Description({ text }: { text: string }) {
  const [all, setAll] = useState(false)
  if (!text) return null
  const long = text.length > briefMax || text.includes("\n")
  return (
    <>
      <p
        className={cn(
          "text-12 text-fg-2 [overflow-wrap:anywhere]",
          all ? "whitespace-pre-line" : long && "line-clamp-3",
        )}
      >
        {text}
      </p>
      {long && !all ? (
        <div>
          <Button size="sm" kind="ghost" onClick={() => setAll(true)}>
            Show all of it
          </Button>
        </div>
      ) : null}
    </>
  )
}

/** a description that surely is seen in full, in characters */
const briefMax = 90

function ToolRow({ server, tool, off }: ToolListProps & { tool: McpTool }) {
  const change = useMutation(changeServer)
  const mode =
    (change.isPending ? change.variables.body.modes?.[tool.name] : undefined) ?? tool.mode
  const fixed = off ?? tool.unusable ?? undefined
  return (
    <li className="grid gap-2 bg-bg px-3 py-2.5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="grid min-w-0 flex-[1_1_220px] gap-0.5">
          <span className="mono text-13 [overflow-wrap:anywhere]">{tool.name}</span>
          <Description text={tool.description} />
          {tool.repeatable ? (
            <p className="text-12 text-fg-3">Says that a call twice does no harm.</p>
          ) : null}
        </div>
        {fixed ? (
          <span className="text-13 text-fg-2">{words[mode]}</span>
        ) : (
          <Segmented<ToolMode>
            small
            label={`${tool.name} of ${server.name}`}
            value={mode}
            segments={modes.map((value) => ({ value, label: words[value] }))}
            onChange={(chosen) => {
              const params = { projectId: server.projectId, serverId: server.id }
              change.mutate({ params, body: { modes: { [tool.name]: chosen } } })
            }}
          />
        )}
      </div>
      {tool.changed ? (
        <Note tone="warn" title="It changed.">
          It is not what it was when somebody turned it on, so it is off. Read it again before you
          turn it on.
        </Note>
      ) : null}
      {tool.unusable ? <Note>Agents cannot use it: {tool.unusable}</Note> : null}
      {change.error ? <Note tone="bad">{problemOf(change.error).detail}</Note> : null}
    </li>
  )
}
