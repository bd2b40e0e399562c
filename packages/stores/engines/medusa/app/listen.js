const { rmSync } = require("node:fs")
const { Server } = require("node:net")

/**
 * `medusa start` knows ports alone. Loaded before it, this has its server listen on a socket in the
 * shop's own folder instead, where only the gateway gets to: no port of this host is open.
 */
const socket = process.env.LISTEN
const { listen } = Server.prototype
Server.prototype.listen = function listenOnSocket(...asked) {
  const told = asked.findLast((each) => typeof each === "function")
  // What a killed process left behind.
  rmSync(socket, { force: true })
  return listen.call(this, { path: socket }, told)
}
