/**
 * Before `npm start` and `npm run doctor`: an older Node does not know TypeScript and would say "Unknown file extension".
 * JavaScript of the old kind, so that it can say something better.
 */
const { engines } = require('../../package.json')

const least = Number(/\d+/.exec(engines.node)[0])
if (Number.parseInt(process.versions.node, 10) < least) {
  console.error(
    `Learning Log needs Node ${least} or newer, and this is ${process.versions.node}: install it from nodejs.org, or run npm ci without --omit=dev, which brings one along.`,
  )
  process.exit(1)
}
