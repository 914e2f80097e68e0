/** Whoever is not let in, and what is no activity: by whatever header, address and body, all full of canaries. */
import { pair } from '../teams/door/issuer.ts'
import { pressing } from './others.ts'
import type { Town } from './town.ts'

type Knock = {
  readonly header?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly path?: string
  readonly method?: string
}

/** @returns how many were neither let in nor read. */
export async function knock(town: Town): Promise<number> {
  const { words, gates, actor, people, tenant } = town
  const sent = (name: string) => words.odd(`Knock${name}`, 'sent')
  const bare = (name: string) => words.word(`Knock${name}`, 'sent')
  const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const stranger = await pair('good')
  const genuine = `Bearer ${town.token}`

  const plain = {
    ...pressing(actor('Anna'), 'answer', { programme: words.word('SpringId'), answer: sent('Answer') }),
    from: { id: bare('From'), aadObjectId: people.Anna.id, name: sent('Name') },
    recipient: { id: bare('Recipient') },
    conversation: { id: bare('Conversation'), conversationType: 'personal', tenantId: tenant },
    channelData: { tenant: { id: tenant } },
    id: bare('Activity'),
  }
  const changed = (changes: object) => JSON.stringify({ ...plain, ...changes })
  const claiming = async (changes: object) => ({ header: `Bearer ${await town.sign(changes)}` })

  const refused: readonly Knock[] = [
    {},
    { header: '' },
    { header: `Bearer ${bare('Token')}` },
    { header: `Bearer ${bare('Part')}.${bare('Part')}.${bare('Part')}` },
    { header: `Basic ${Buffer.from(sent('Password')).toString('base64')}` },
    { header: `${genuine} ${bare('Token')}` },
    { header: `Bearer ${json({ alg: 'none', kid: bare('Kid') })}.${json({ sub: sent('Claim') })}.` },
    {
      header: `Bearer ${json({ alg: 'RS256', kid: bare('Kid') })}.${json({ sub: sent('Claim') })}.${bare('Signature')}`,
    },
    { header: `Bearer ${await town.sign({ sub: bare('Claim') }, stranger)}` },
    await claiming({ aud: bare('Audience') }),
    await claiming({ iss: `https://${bare('Issuer')}.example` }),
    await claiming({ exp: 1, sub: sent('Claim') }),
    await claiming({ serviceurl: `http://127.0.0.1/${bare('Address')}` }),
    { header: genuine, body: changed({ channelId: bare('Channel') }) },
    { header: genuine, body: changed({ serviceUrl: `http://127.0.0.1/${bare('Address')}` }) },
    { header: genuine, body: changed({ conversation: { id: bare('Conversation'), tenantId: bare('Tenant') } }) },
    { header: genuine, body: changed({ channelData: { tenant: { id: bare('Tenant') } } }) },
    { header: genuine, body: changed({ conversation: bare('Conversation') }) },
  ]
  const senseless: readonly Knock[] = [
    // Words of the platform's, which the log is there to tell: nobody but Teams gets as far as this.
    { header: genuine, body: changed({ type: words.word('PlatformType', 'sent') }) },
    {
      header: genuine,
      body: changed({ name: `${words.word('PlatformName', 'sent')}/${words.word('PlatformName', 'sent')}` }),
    },
    { header: genuine, body: changed({ type: sent('Type') }) },
    { header: genuine, body: changed({ name: sent('Invoke') }) },
    { header: genuine, body: changed({ from: { id: bare('From'), aadObjectId: bare('Person') } }) },
    { header: genuine, body: changed({ value: { action: { verb: 7, data: sent('Data') } } }) },
    { header: genuine, body: changed({ value: sent('Value') }) },
    { header: genuine, body: changed({ type: 'message', text: { words: sent('Text') } }) },
    { header: genuine, body: changed({ type: { words: sent('Type') } }) },
    { header: genuine, body: JSON.stringify([sent('List')]) },
    { header: genuine, body: `{"type":"message","text":"${bare('Cut')}` },
    { header: genuine, body: `${bare('NoJson')}=${bare('NoJson')}` },
    { header: genuine, body: changed({ text: `${sent('Large')}${'x'.repeat(300_000)}` }) },
    { headers: { 'content-type': `text/${bare('Media')}` } },
    { headers: { 'content-encoding': bare('Encoding') } },
    { headers: { 'content-type': `application/json; charset=${bare('Charset')}`, accept: bare('Accept') } },
    { path: `/api/messages/${bare('Path')}?text=${bare('Query')}` },
    { path: `/${encodeURIComponent(sent('Path'))}/%zz` },
    { path: `/api/messages?${bare('Query')}=${bare('Query')}`, method: 'DELETE' },
    { path: `/healthz?${bare('Query')}`, method: 'PATCH' },
    { path: `/readyz/${bare('Path')}`, method: 'GET' },
  ]
  const all = [...refused, ...senseless]
  for (const { header, headers = {}, body = changed({}), path, method } of all) {
    const most = {
      'content-type': 'application/json',
      ...(header !== undefined && { authorization: header }),
      ...headers,
    }
    await gates.main.post(body, most, path, method)
  }
  // Nobody can be let in while the issuer is away.
  await gates.shut.post(changed({}), { 'content-type': 'application/json', authorization: genuine })
  return all.length + 1
}

/** Somebody whose key sticks: some of it is answered, nothing of it is kept, and each press has its text back. */
export async function hurry(town: Town): Promise<void> {
  const { words, gates, actor } = town
  const ines = actor('Ines')
  const programme = words.word('SummerId')
  await ines.say('plan')
  const card = ines.pressing('Save', { 'What is it about?': words.word('InesCopied', 'sent') })
  for (const letter of 'ABCDEFGH') {
    const text = words.word(`InesHurried${letter}`, 'sent')
    await gates.fast.postAs({ ...ines.common(), type: 'message', text })
    const data = { programme, form: `fast-${letter}`, coachee: text, topic: '', goal: text }
    await gates.fast.postAs(pressing(ines, 'plan', data))
    await gates.fast.postAs(pressing(ines, 'home', { programme }))
    // In the hands of somebody who is as fast.
    await gates.fast.postAs({ ...card, from: actor('Lars').common().from })
  }
}
