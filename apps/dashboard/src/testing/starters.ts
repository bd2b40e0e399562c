import type { Starter, StarterSummary } from "@vibecaas/contract/kinds/starters"

/** A data model of one list. */
export const books = {
  ...{ version: 1 as const, name: "Books", unsupported: [] },
  entities: [
    {
      ...{ name: "book", plural: "books", label: "Book", labelPlural: "Books", filters: [] },
      fields: [{ name: "title", label: "Title", type: "text" as const, required: true }],
    },
  ],
}

export const inAll = (text: string) => ({ en: text, de: text, fr: text, es: text })

export function starterSummary(given: Partial<StarterSummary> = {}): StarterSummary {
  return {
    ...{
      id: "live-board",
      own: false,
      name: inAll("Live board"),
      summary: inAll("Cards that move."),
    },
    ...{ category: "productivity", stack: "node", tags: ["kanban"], needs: null, picture: "abc" },
    ...given,
  }
}

/** With a parameter of every kind. */
export function starter(given: Partial<Starter> = {}): Starter {
  const label = inAll
  return {
    ...starterSummary(),
    description: "A board for a team. It does not send mail.",
    includes: [{ id: "drag", says: inAll("Cards are moved between columns") }],
    parameters: [
      { name: "title", label: label("Title"), kind: "text", default: "Board" },
      { name: "about", label: label("About"), kind: "long_text", default: "" },
      { name: "size", label: label("Size"), kind: "number", default: 3, min: 1, max: 9 },
      {
        ...{ name: "shape", label: label("Shape"), kind: "choice", default: "round" },
        choices: [
          { value: "round", label: label("Round") },
          { value: "square", label: label("Square") },
        ],
      },
      { name: "comments", label: label("Comments"), kind: "flag", default: true },
      { name: "accent", label: label("Accent"), kind: "color", default: "#1d4ed8" },
      { name: "columns", label: label("Columns"), kind: "list", default: ["To do", "Done"] },
      { name: "model", label: label("Model"), kind: "data_model", default: books },
    ],
    ...given,
  }
}
