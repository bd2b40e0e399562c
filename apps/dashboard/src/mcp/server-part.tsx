"use client"
import { useMutation } from "@tanstack/react-query"
import type { McpServer } from "@vibecaas/contract/kinds/mcp"
import { useState } from "react"
import { problemOf } from "../api/problem.ts"
import { Button } from "../ui/button.tsx"
import { Note } from "../ui/note.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { State } from "../ui/state.tsx"
import { Switch } from "../ui/switch.tsx"
import { changeServer, lookAgain, serverLooks } from "./queries.ts"
import { ToolList } from "./tool-list.tsx"

interface ServerPartProps {
  server: McpServer
  /** why nothing of it can be changed */
  off: string | undefined
  onAsk(what: "change" | "remove"): void
}

/** One server: how it was last seen, what can be done about it, and its tools. */
export function ServerPart({ server, off, onAsk }: ServerPartProps) {
  const { name, url, headers, state, stateDetail, calls, lookedAt } = server
  const look = useMutation(lookAgain)
  const params = { projectId: server.projectId, serverId: server.id }
  const busy = state === "looking" || look.isPending ? "Looking" : undefined
  const waits = state === "off" ? "Turn the server on first." : undefined
  return (
    <li aria-label={name} className="grid gap-3 border-b border-line p-4 last:border-b-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="grid min-w-0 flex-[1_1_240px] gap-0.5">
          <div className="flex flex-wrap items-baseline gap-x-3">
            <h3 className="text-13 font-semibold">{name}</h3>
            <State look={serverLooks[state]} />
          </div>
          <p className="mono text-12 text-fg-2 [overflow-wrap:anywhere]">{url}</p>
          <p className="text-12 text-fg-3">
            {headers.length > 0 ? `Sends ${headers.map((each) => each.name).join(", ")}. ` : null}
            {calls ? `Calls itself ${calls}. ` : null}
            {lookedAt ? (
              <>
                Looked at <RelativeTime at={lookedAt} />.
              </>
            ) : null}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button
            size="sm"
            aria-label={busy ? undefined : `Look again at ${name}`}
            off={off ?? waits}
            busy={busy}
            onClick={() => look.mutate({ params })}
          >
            Look again
          </Button>
          <Button size="sm" aria-label={`Change ${name}`} off={off} onClick={() => onAsk("change")}>
            Change
          </Button>
          <Button size="sm" aria-label={`Remove ${name}`} off={off} onClick={() => onAsk("remove")}>
            Remove
          </Button>
        </div>
      </div>
      {stateDetail && state !== "off" ? (
        <Note tone={state === "unreachable" ? "bad" : "idle"}>{stateDetail}</Note>
      ) : null}
      {look.error ? <Note tone="bad">{problemOf(look.error).detail}</Note> : null}
      <Enabled server={server} off={off} />
      <ToolList server={server} off={off} />
    </li>
  )
}

/** Whether it is asked at all; shown at once while it is being written. */
function Enabled({ server, off }: Pick<ServerPartProps, "server" | "off">) {
  const change = useMutation(changeServer)
  const [wanted, setWanted] = useState(server.enabled)
  const on = change.isPending ? wanted : server.enabled
  return (
    <>
      <Switch
        label={`Agents may ask ${server.name}`}
        help={on ? undefined : "Nobody asks it; what was decided of its tools is kept."}
        checked={on}
        off={off}
        onChange={(enabled) => {
          setWanted(enabled)
          const params = { projectId: server.projectId, serverId: server.id }
          change.mutate({ params, body: { enabled } })
        }}
      />
      {change.error ? <Note tone="bad">{problemOf(change.error).detail}</Note> : null}
    </>
  )
}
