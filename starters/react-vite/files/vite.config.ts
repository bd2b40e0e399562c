import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { defineConfig, type Plugin } from "vite"

/** While developing, one address has the pages of Vite and the API of the server. */
function api(): Plugin {
  let fill = (page: string) => page
  return {
    name: "api",
    apply: "serve",
    async configureServer({ middlewares }) {
      const [{ createApi }, { fillPage }, { settings }] = await Promise.all([
        import("./server/api.ts"),
        import("./server/pages.ts"),
        import("./server/settings.ts"),
      ])
      const { answer, state } = createApi()
      fill = (page) => fillPage(page, { title: settings.title, state })
      middlewares.use((request, response, next) => {
        answer(request, response).then((done) => done || next(), next)
      })
    },
    transformIndexHtml: (page) => fill(page),
  }
}

export default defineConfig({
  plugins: [react(), tailwindcss(), api()],
  // Files as addresses of their own: the pages' policy lets nothing else in.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
})
