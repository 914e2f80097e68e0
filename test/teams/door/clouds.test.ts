import assert from 'node:assert/strict'
import { AuthenticationConstants, GovernmentConstants } from 'botframework-connector'
import { type Cloud, clouds, serviceAddress } from '../../../src/teams/clouds.ts'

/** As documented: Teams "Proactive messages", Teams SDK "Service URL validation", and activities seen in the field. */
const addresses: Record<keyof typeof clouds, readonly string[]> = {
  public: [
    'https://smba.trafficmanager.net/teams/',
    'https://smba.trafficmanager.net/amer/11111111-1111-4111-8111-111111111111/',
    'https://smba.trafficmanager.net/emea',
    'https://smba.trafficmanager.net',
    'https://smba.onyx.prod.teams.trafficmanager.net/',
  ],
  gcc: ['https://smba.infra.gcc.teams.microsoft.com/teams'],
  gccHigh: ['https://smba.infra.gov.teams.microsoft.us/teams'],
  dod: ['https://smba.infra.dod.teams.microsoft.us/teams'],
  china: ['https://frontend.botapi.msg.infra.teams.microsoftonline.cn/'],
}
const all = Object.entries(clouds) as [keyof typeof clouds, Cloud][]

describe('clouds', () => {
  it('serve their own addresses, and no other cloud’s', () => {
    for (const [name, cloud] of all)
      for (const [other, urls] of Object.entries(addresses))
        for (const url of urls)
          assert.equal(serviceAddress(cloud, url) !== undefined, name === other, `${url} in ${name}`)
  })

  it('have plain paths alone: whatever two readers could take for two things is no address', () => {
    for (const path of [
      '/emea%2Fteams',
      '/emea;a=b',
      '//emea',
      '/emea//',
      '/e:m@ea',
      '/e,mea',
      '/emea\\teams',
      '/a/../b',
    ])
      assert.equal(serviceAddress(clouds.public, `https://smba.trafficmanager.net${path}`), undefined, path)
    for (const none of ['', 'teams', 'https://']) assert.equal(serviceAddress(clouds.public, none), undefined, none)
  })

  it('may be called at what a send makes of such an address', () => {
    for (const [name, cloud] of all) {
      const base = addresses[name][0]?.replace(/\/$/, '')
      const path = `/v3/conversations/${encodeURIComponent('19:a/b?c#d@thread.tacv2;messageid=1')}/activities/1%2F2`
      assert.equal(cloud.serves(new URL(`${base}${path}`)), true, name)
      assert.equal(cloud.serves(new URL(`${base}?x${path}`)), false, name)
      assert.equal(cloud.serves(new URL(`${base}#x${path}`)), false, name)
      assert.equal(cloud.serves(new URL(`${base}${path}`.replace('https', 'http'))), false, name)
      assert.equal(cloud.serves(new URL(`${base}${path}`.replace('//', '//bo@'))), false, name)
      assert.equal(cloud.serves(new URL(`${base}${path}`.replace('//', '//:x@'))), false, name)
    }
  })

  it('agree with what the SDK knows of two of them', () => {
    const known = [
      [clouds.public, AuthenticationConstants],
      [clouds.gccHigh, GovernmentConstants],
    ] as const
    for (const [cloud, sdk] of known) {
      assert.equal(cloud.issuer, sdk.ToBotFromChannelTokenIssuer)
      assert.equal(cloud.metadata, sdk.ToBotFromChannelOpenIdMetadataUrl)
      assert.equal(cloud.scope, `${sdk.ToChannelFromBotOAuthScope}/.default`)
      assert.equal(`${cloud.authority}/`, sdk.ToChannelFromBotLoginUrlPrefix)
    }
  })

  it('of 21Vianet has no address outside China', () => {
    const { serves: _serves, exchange: _audience, ...urls } = clouds.china
    for (const url of Object.values(urls)) assert.match(new URL(url).hostname, /\.cn$/)
  })
})
