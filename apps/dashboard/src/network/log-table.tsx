import type { EgressEntry } from "@vibecaas/contract/kinds/network"
import { bytes } from "../ui/format.ts"
import { RelativeTime } from "../ui/relative-time.tsx"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"

const looks = {
  allowed: { glyph: "done", word: "Allowed" },
  refused: { glyph: "bad", word: "Refused" },
} as const

/** Who was connected to, how much went there and came back; no path and no content. */
export function LogTable({ entries }: { entries: readonly EgressEntry[] }) {
  return (
    <Table aria-label="Newest connections">
      <TableHead>
        <HeadCell className="w-[28%]">Host</HeadCell>
        <HeadCell className="w-28">Decision</HeadCell>
        <HeadCell>Why</HeadCell>
        <HeadCell className="w-24 text-right">Sent</HeadCell>
        <HeadCell className="w-24 text-right">Received</HeadCell>
        <HeadCell className="w-28 text-right">When</HeadCell>
      </TableHead>
      <TableBody>
        {entries.map((entry, at) => (
          // Entries are never changed, and new ones come first.
          <Row key={`${entries.length - at} ${entry.at}`}>
            <Cell className="mono [overflow-wrap:anywhere]">
              {entry.host || "(no host)"}
              <span className="text-fg-3">:{entry.port}</span>
              {entry.purpose === "draft" ? (
                <span className="text-12 text-fg-3"> · draft</span>
              ) : null}
            </Cell>
            <Cell className="text-fg-2 max-md:text-right max-md:text-12">
              <State look={looks[entry.decision]} detail={null} />
            </Cell>
            <Cell className="py-2 text-12 text-fg-3 [overflow-wrap:anywhere] max-md:col-span-2 max-md:empty:hidden">
              {entry.why}
            </Cell>
            <Cell className="text-right tabular-nums text-fg-2 max-md:text-left max-md:text-12">
              {bytes(entry.bytesSent)}
              <span className="md:hidden"> sent</span>
            </Cell>
            <Cell className="text-right tabular-nums text-fg-2 max-md:text-12">
              {bytes(entry.bytesReceived)}
              <span className="md:hidden"> received</span>
            </Cell>
            <Cell className="text-right text-12 text-fg-3 max-md:col-span-2 max-md:text-left">
              <RelativeTime at={entry.at} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
