"use client"
import { useQuery } from "@tanstack/react-query"
import type { McpServer } from "@vibecaas/contract/kinds/mcp"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Plug } from "lucide-react"
import dynamic from "next/dynamic"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { serversOf } from "./queries.ts"

const ServerPart = dynamic(() => import("./server-part.tsx").then((module) => module.ServerPart), {
  ssr: false,
  loading: () => (
    <li>
      <SkeletonLines what="tools" />
    </li>
  ),
})
const ServerDialog = dynamic(
  () => import("./server-dialog.tsx").then((module) => module.ServerDialog),
  { ssr: false },
)
const RemoveServer = dynamic(
  () => import("./remove-server.tsx").then((module) => module.RemoveServer),
  { ssr: false },
)

interface Asked {
  what: "connect" | "change" | "remove"
  server: McpServer | undefined
}

/** Servers whose tools the project's agents may use, and what they may do with each tool. */
export function ToolsPanel({ project }: { project: Project }) {
  const servers = useQuery(serversOf(project.id))
  const { about, open, ask, close } = useAsked<Asked>()
  const mine = useSession().offUnless("project:update", "connect tools")
  const going = project.state === "deleting" ? "The project is being deleted." : undefined
  const off = mine ?? going
  const none = servers.data?.allowedHosts.length === 0
  const hosts = servers.data?.allowedHosts ?? []
  const connect = (
    <Button
      size="sm"
      off={off ?? (none ? "The platform’s admin must allow hosts first." : undefined)}
      onClick={() => ask({ what: "connect", server: undefined })}
    >
      Connect server
    </Button>
  )
  const dialog = { project, hosts, server: about?.server, open, onClose: close }
  return (
    <Panel title="Tools" end={servers.data ? connect : undefined}>
      <ReadBody
        of={servers}
        failed="The tools could not be read"
        skeleton={<SkeletonLines what="tools" />}
      >
        {({ items }) =>
          items.length > 0 ? (
            <ul>
              {items.map((server) => (
                <ServerPart
                  key={server.id}
                  server={server}
                  off={off}
                  onAsk={(what) => ask({ what, server })}
                />
              ))}
            </ul>
          ) : (
            <None hosts={hosts} />
          )
        }
      </ReadBody>
      {about?.what === "connect" || about?.what === "change" ? <ServerDialog {...dialog} /> : null}
      {about?.what === "remove" ? <RemoveServer {...dialog} /> : null}
    </Panel>
  )
}

function None({ hosts }: { hosts: readonly string[] }) {
  if (hosts.length === 0) {
    return (
      <EmptyState icon={Plug} title="No MCP server can be connected here">
        The platform’s admin must allow hosts first, by the setting{" "}
        <span className="mono">VIBECAAS_MCP_HOSTS</span>.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={Plug} title="No MCP server is connected">
      Agents can use the tools of servers outside, such as a list of tickets, when you connect them
      and turn tools on. Allowed hosts: <span className="mono">{hosts.join(", ")}</span>
    </EmptyState>
  )
}
