/** What the bot must have reported, or something did not break as it was meant to: event, and why. */
export const expected: readonly string[] = [
  ...['StoreUnavailable', 'StoreMisuse', 'UnknownSchema', 'TypeError', 'RangeError'].map(error => `turn ${error}`),
  ...['StoreUnavailable', 'UnknownSchema', 'TypeError', 'Error', 'RangeError'].map(error => `turn.failed ${error}`),
  ...['header', 'token', 'key', 'serviceUrl', 'channel', 'tenant', 'activity'].map(why => `door.refused ${why}`),
  'door.failed NoKeys',
  'keys.failed TypeError',
  'http.failed RangeError',
  'activity.ignored',
  'card.notReplaced ambiguous',
  // biome-ignore format: a list is read in one look
  ...[
    'refused', 'unauthorised', 'unreachable', 'misdirected', 'noConversation', 'noActivity', 'ambiguous', 'throttled',
  ].map(why => `reply.notSent ${why}`),
  'notice.sent',
  ...['ambiguous', 'notDelivered', 'misdirected', 'unreachable', 'throttled', 'unauthorised'].map(
    why => `notice.putOff ${why}`,
  ),
  ...['refused', 'noActivity', 'ambiguous'].map(why => `notice.undeliverable ${why}`),
  'notice.unreachable unreachable',
  'sending.misdirected misdirected',
  'sending.unauthorised unauthorised',
  'telemetry.lost NotAccepted',
]
