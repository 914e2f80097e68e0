/** `npm run test:slow`: the tests named in `test/slow.json`, which wait for real time or try every case there is. */
const spec = require('./test/slow.json')

module.exports = { ...require('./.mocharc.cjs'), spec, ignore: [] }
