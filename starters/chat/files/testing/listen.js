// Listens to a room's server-sent events, as a browser does.

/** `next(name, fits?)` waits for the next such event and answers its value. */
export async function listen(url, headers = {}) {
  const stop = new AbortController()
  const answer = await fetch(url, { headers, signal: stop.signal })
  const heard = []
  const waiting = []
  const settle = () => {
    for (const wait of [...waiting]) {
      const at = heard.findIndex(({ name, value }) => name === wait.name && wait.fits(value))
      if (at < 0) continue
      waiting.splice(waiting.indexOf(wait), 1)
      wait.resolve(heard.splice(at, 1)[0].value)
    }
  }
  read(answer.body, (event) => {
    heard.push(event)
    settle()
  }).catch(() => {})
  return {
    status: answer.status,
    stop: () => stop.abort(),
    next: (name, fits = () => true) =>
      new Promise((resolve) => {
        waiting.push({ name, fits, resolve })
        settle()
      }),
  }
}

async function read(body, hear) {
  let text = ""
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split("\n\n")
    text = blocks.pop()
    for (const block of blocks) {
      const name = block.match(/^event: (.+)$/m)?.[1]
      if (name) hear({ name, value: JSON.parse(block.match(/^data: (.+)$/m)[1]) })
    }
  }
}
