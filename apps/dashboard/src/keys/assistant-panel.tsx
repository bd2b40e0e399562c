"use client"
import { useState } from "react"
import { outside } from "../paths.ts"
import { CopyText } from "../ui/copy-text.tsx"
import { Panel } from "../ui/panel.tsx"
import { Segmented } from "../ui/segmented.tsx"

type Client = "command" | "file" | "call"

/** How each way in is set up, for this platform's address. The key is left to a variable. */
const ways: Record<Client, { label: string; title: string; text(origin: string): string }> = {
  command: {
    label: "Command line",
    title: "Command",
    text: (origin) =>
      `claude mcp add --transport http vibecaas ${origin}/api/v1/mcp \\\n  --header "Authorization: Bearer $VIBECAAS_KEY"`,
  },
  file: {
    label: "Editor",
    title: "Configuration",
    text: (origin) =>
      JSON.stringify(
        {
          mcpServers: {
            vibecaas: {
              url: `${origin}/api/v1/mcp`,
              headers: { Authorization: `Bearer ${variable("VIBECAAS_KEY")}` },
            },
          },
        },
        null,
        2,
      ),
  },
  call: {
    label: "Script",
    title: "Call",
    text: (origin) => `curl -H "Authorization: Bearer $VIBECAAS_KEY" ${origin}/api/v1/projects`,
  },
}
/** As editors write a variable of the environment. */
const variable = (name: string) => `\${env:${name}}`
const clients = Object.keys(ways) as Client[]

/** How to use a key: from an assistant that speaks MCP, or from a script. */
export function AssistantPanel() {
  const [client, setClient] = useState<Client>("command")
  const way = ways[client]
  return (
    <Panel
      title="Use the platform from your assistant"
      footer={
        <>
          Questions that agents ask come to you: an assistant shows them and answers as you say. All
          calls are in the{" "}
          <a className="link" href={outside.apiReference()}>
            API reference
          </a>
          .
        </>
      }
    >
      <div className="grid gap-3 p-4">
        <p className="text-13 text-fg-2">
          Assistants that speak the Model Context Protocol create projects, follow runs, and read
          files and logs, within the rights of the key you give them.
        </p>
        <Segmented
          label="Where it is used"
          small
          value={client}
          segments={clients.map((value) => ({ value, label: ways[value].label }))}
          onChange={setClient}
          className="justify-self-start"
        />
        <CopyText key={client} label={way.title} text={way.text(window.location.origin)} />
      </div>
    </Panel>
  )
}
