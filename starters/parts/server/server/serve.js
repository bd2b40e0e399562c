// Listens on PORT (default 3000) at HOST (default: every address) until the process is asked to end.
const { createServer } = process.getBuiltinModule("node:http")

export function serve(name, handler, close) {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, handler)
  server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? "0.0.0.0", () => {
    console.log(`${name} listens on port ${server.address().port}`)
  })
  const stop = () => {
    server.close(() => {
      close()
      process.exit(0)
    })
    server.closeAllConnections()
  }
  process.once("SIGTERM", stop)
  process.once("SIGINT", stop)
}
