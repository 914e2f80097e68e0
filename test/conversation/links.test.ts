import assert from 'node:assert/strict'
import { chatLink, installLink, publicLinks } from '../../src/conversation/turn/links.ts'
import { readConfig } from '../../src/server/config.ts'
import { clouds } from '../../src/teams/clouds.ts'

const app = '0f000000-1111-2222-3333-444444444444'
const environment = {
  ...{ MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppId: app, MicrosoftAppTenantId: app, PROGRAMME_CREATORS: app },
  COSMOS_ENDPOINT: 'https://log.documents.azure.com:443/',
}

describe('links that open Teams', () => {
  it('open the chat with the bot, with the message typed', () => {
    const link = chatLink(publicLinks, `28:${app}`, 'join BCDF-GHJK')
    assert.equal(link, `https://teams.microsoft.com/l/chat/0/0?users=28:${app}&message=join%20BCDF-GHJK`)
    const { searchParams } = new URL(chatLink(publicLinks, '28:a&b=c,d', '加入 1&2=3#4+5'))
    assert.deepEqual(
      [...searchParams],
      [
        ['users', '28:a&b=c,d'],
        ['message', '加入 1&2=3#4+5'],
      ],
    )
  })
  it('add the app where its id is known, in each cloud by its own host', () => {
    assert.equal(installLink(publicLinks), undefined)
    const hosts = Object.keys(clouds).map(CLOUD => {
      const { links } = readConfig({ ...environment, CLOUD, TEAMS_APP_ID: app.toUpperCase() })
      return installLink(links)
    })
    assert.deepEqual(hosts, [
      `https://teams.microsoft.com/l/app/${app}`,
      `https://teams.microsoft.com/l/app/${app}`,
      `https://gov.teams.microsoft.us/l/app/${app}`,
      `https://dod.teams.microsoft.us/l/app/${app}`,
      `https://teams.microsoftonline.cn/l/app/${app}`,
    ])
  })
})
