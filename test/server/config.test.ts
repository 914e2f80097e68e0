import assert from 'node:assert/strict'
import { readConfig } from '../../src/server/config.ts'

describe('config', () => {
  it('has a safe answer for everything that is not said', () => {
    const defaults = { port: 3978, host: '127.0.0.1', storeFile: 'data/learning-log.sqlite', logLevel: 'info' }
    assert.deepEqual(readConfig({}), defaults)
    assert.deepEqual(readConfig({ PORT: '', HOST: ' ', PATH: '/bin' }), defaults)
  })

  it('takes what is said', () => {
    const said = { PORT: '80', HOST: '0.0.0.0', STORE_FILE: 'x.sqlite', LOG_LEVEL: 'debug' }
    assert.deepEqual(readConfig(said), { port: 80, host: '0.0.0.0', storeFile: 'x.sqlite', logLevel: 'debug' })
  })

  it('names all that is wrong at once, with the mend and without the value', () => {
    const wrong = { PORT: 'secret', HOST: 'a b', LOG_LEVEL: 'loud' }
    assert.throws(() => readConfig(wrong), {
      message:
        'The environment (or .env) needs mending:\n' +
        '  PORT must be a whole number from 0 to 65535 (0: any free port)\n' +
        '  HOST must be a host name or address to listen on, such as 127.0.0.1\n' +
        '  LOG_LEVEL must be one of silent, fatal, error, warn, info, debug, trace',
    })
    for (const PORT of ['65536', '-1', '1.5', '080808']) assert.throws(() => readConfig({ PORT }), /PORT must be/)
  })
})
