"use client"
import type { ModelProviderStatus } from "@vibecaas/contract/kinds/models"
import dynamic from "next/dynamic"
import { Button } from "../ui/button.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { providerLook } from "./queries.ts"

const ProviderDialog = dynamic(
  () => import("./provider-dialog.tsx").then((module) => module.ProviderDialog),
  { ssr: false },
)
const TestDialog = dynamic(() => import("./test-dialog.tsx").then((module) => module.TestDialog), {
  ssr: false,
})
const RemoveDialog = dynamic(
  () => import("./remove-dialog.tsx").then((module) => module.RemoveDialog),
  { ssr: false },
)

interface Asked {
  what: "set" | "test" | "remove"
  provider: ModelProviderStatus
}

/** Every provider, how it is reached, and what can be done about that. */
export function ProviderTable({ providers }: { providers: readonly ModelProviderStatus[] }) {
  const { about, open, ask, close } = useAsked<Asked>()
  const dialog = { provider: about?.provider, open, onClose: close }
  return (
    <>
      <Table aria-label="Providers of models">
        <TableHead>
          <HeadCell className="w-[20%]">Provider</HeadCell>
          <HeadCell className="w-[20%]">State</HeadCell>
          <HeadCell>Key and address</HeadCell>
          <HeadCell className="w-72">
            <span className="sr-only">Actions</span>
          </HeadCell>
        </TableHead>
        <TableBody>
          {providers.map((provider) => (
            <ProviderRow
              key={provider.name}
              provider={provider}
              onAsk={(what) => ask({ what, provider })}
            />
          ))}
        </TableBody>
      </Table>
      {about?.what === "set" ? <ProviderDialog {...dialog} /> : null}
      {about?.what === "test" ? <TestDialog {...dialog} /> : null}
      {about?.what === "remove" ? <RemoveDialog {...dialog} /> : null}
    </>
  )
}

interface ProviderRowProps {
  provider: ModelProviderStatus
  onAsk(what: Asked["what"]): void
}

function ProviderRow({ provider, onAsk }: ProviderRowProps) {
  const { maker, name, from, wrong, setAt, setBy } = provider
  const set = from === "here"
  const unset = from === null ? `Set how ${maker} is reached first.` : undefined
  return (
    <Row>
      <Cell className="py-2">
        <span className="block font-medium">{makerWords(provider)}</span>
        <span className="mono block text-12 text-fg-3">{name}</span>
      </Cell>
      <Cell className="max-md:justify-self-end max-md:text-right">
        <State look={providerLook(provider)} />
        {setAt ? (
          <span className="block text-12 text-fg-3">
            by {setBy}, <RelativeTime at={setAt} />
          </span>
        ) : null}
      </Cell>
      <Cell className="py-2 text-fg-2 max-md:col-span-2">
        <span className="block [overflow-wrap:anywhere]">{wrong ?? keyWords(provider)}</span>
        <Address provider={provider} />
      </Cell>
      <Cell className="max-md:col-span-2">
        <span className="flex flex-wrap gap-2 md:justify-end">
          <Button size="sm" aria-label={`Test ${maker}`} off={unset} onClick={() => onAsk("test")}>
            Test
          </Button>
          {set ? (
            <Button size="sm" aria-label={`Remove ${maker}`} onClick={() => onAsk("remove")}>
              Remove
            </Button>
          ) : null}
          <Button
            size="sm"
            aria-label={`${set ? "Replace" : "Set"} ${provider.needs} of ${maker}`}
            onClick={() => onAsk("set")}
          >
            {set ? "Replace" : "Set"} {provider.needs}
          </Button>
        </span>
      </Cell>
    </Row>
  )
}

const makerWords = ({ name, maker }: ModelProviderStatus) =>
  name === "compatible" ? "A compatible server" : maker

function keyWords({ hasKey, from }: ModelProviderStatus): string {
  if (!hasKey) return from === null ? "No key" : "Without a key"
  return "A key is set"
}

function Address({ provider: { address, from } }: { provider: ModelProviderStatus }) {
  if (from === null) return null
  return (
    <span className="block text-12 text-fg-3 [overflow-wrap:anywhere]">
      {address ? <span className="mono">{address}</span> : "At its maker’s address"}
    </span>
  )
}
