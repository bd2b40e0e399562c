"use client"
import type { StarterSummary } from "@vibecaas/contract/kinds/starters"
import { LayoutTemplate, SearchX } from "lucide-react"
import { useRef, useState } from "react"
import { itemsIn } from "../api/kept.ts"
import { useShortcut } from "../shell/use-shortcut.ts"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { count } from "../ui/format.ts"
import { LoadMore } from "../ui/list-panel.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SearchField } from "../ui/search-field.tsx"
import { Segmented } from "../ui/segmented.tsx"
import { Select } from "../ui/select.tsx"
import { Loading } from "../ui/skeleton.tsx"
import { useSettled } from "../ui/use-settled.ts"
import { useStarters } from "./queries.ts"
import { StarterCard, StarterCardSkeleton } from "./starter-card.tsx"
import { categoryNames } from "./starter-words.ts"

type Category = StarterSummary["category"] | "all"
const anyTag = "any"
const grid = "grid grid-cols-[repeat(auto-fill,minmax(min(100%,260px),1fr))] gap-4"
const places = ["one", "two", "three", "four", "five", "six"]

/** All starters, with a filter by category and tag and a search. */
export function StartersScreen() {
  const [category, setCategory] = useState<Category>("all")
  const [tag, setTag] = useState(anyTag)
  const [text, setText] = useState("")
  const search = useSettled(text.trim())
  const field = useRef<HTMLInputElement>(null)
  useShortcut("/", () => field.current?.focus())
  const starters = useStarters({
    ...{ search, category: category === "all" ? undefined : category },
    tag: tag === anyTag ? undefined : tag,
  })
  const range = starters.data?.pages[0]
  const clear = () => {
    setCategory("all")
    setTag(anyTag)
    setText("")
  }
  return (
    <Page>
      <PageHead title="Starters">
        Tested apps to begin with. What you choose runs within seconds, and agents change it from
        there.
      </PageHead>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Segmented
          label="Category"
          value={category}
          segments={[
            { value: "all", label: "All" },
            ...(range?.categories ?? []).map((value) => ({ value, label: categoryNames[value] })),
          ]}
          onChange={setCategory}
        />
        <Select
          label="Tag"
          className="w-40 max-md:w-full"
          value={tag}
          options={[
            { value: anyTag, label: "Any tag" },
            ...(range?.tags ?? []).map((value) => ({ value, label: value })),
          ]}
          onChange={setTag}
        />
        <SearchField
          ref={field}
          label="Search starters"
          shortcut="/"
          value={text}
          onChange={setText}
        />
      </div>
      <Results
        starters={starters}
        filtered={category !== "all" || tag !== anyTag || search !== ""}
        onClear={clear}
      />
    </Page>
  )
}

interface ResultsProps {
  starters: ReturnType<typeof useStarters>
  filtered: boolean
  onClear(): void
}

function Results({ starters, filtered, onClear }: ResultsProps) {
  const items = itemsIn(starters.data)
  return (
    <ReadBody of={starters} failed="The starters could not be loaded" skeleton={<GridSkeleton />}>
      {() =>
        items.length === 0 ? (
          <NoStarters filtered={filtered} onClear={onClear} />
        ) : (
          <section aria-label="Starters" className="grid gap-4">
            <ul className={grid}>
              {items.map((starter) => (
                <li key={starter.id}>
                  <StarterCard starter={starter} />
                </li>
              ))}
            </ul>
            <div className="flex flex-wrap items-center gap-3 text-12 text-fg-3">
              <span role="status">
                {count(items.length, "starter")}
                {starters.hasNextPage ? " shown" : ""}
              </span>
              <LoadMore list={starters} noun="starter" />
            </div>
          </section>
        )
      }
    </ReadBody>
  )
}

function NoStarters({ filtered, onClear }: { filtered: boolean; onClear(): void }) {
  return filtered ? (
    <EmptyState
      icon={SearchX}
      title="No starter matches"
      action={<Button onClick={onClear}>Show all starters</Button>}
    >
      Names, tags and what an app includes are searched, in four languages.
    </EmptyState>
  ) : (
    <EmptyState icon={LayoutTemplate} title="No starters here">
      This installation has none. Describe an app instead: agents build it.
    </EmptyState>
  )
}

function GridSkeleton() {
  return (
    <div className={grid}>
      <Loading what="starters" />
      {places.map((place) => (
        <StarterCardSkeleton key={place} />
      ))}
    </div>
  )
}
