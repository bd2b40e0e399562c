import type { DataModel } from "@vibecaas/contract/data-model"

/** One list of books. */
export const books: DataModel = {
  ...{ version: 1, name: "Books", unsupported: [] },
  entities: [
    {
      ...{ name: "book", plural: "books", label: "Book", labelPlural: "Books", filters: [] },
      fields: [
        { name: "title", label: "Title", type: "text", required: true },
        { name: "pages", label: "Pages", type: "text", required: false },
      ],
    },
  ],
}
