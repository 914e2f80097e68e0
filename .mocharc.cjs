/** `npm test`: every test but those of the browser and the slow ones, which are `npm run test:slow`. */
const slow = require('./test/slow.json')

module.exports = {
  spec: ['test/**/*.test.ts'],
  ignore: ['test/e2e/**', ...slow],
  require: ['./test/setup.ts'],
  timeout: 20000,
  reporter: 'dot',
  parallel: true,
  jobs: 2,
}
