/**
 * Who the bot is when it asks Microsoft Entra for a token. Sources: Microsoft Learn, "Provision and publish a bot" (app
 * types) and "Configure an application to trust a managed identity" (federated).
 */
import type { Credential } from './tokens.ts'

export type Identity =
  /** The bot is a managed identity itself (`UserAssignedMSI`): its client id is the app id. */
  | { readonly kind: 'managed' }
  /** The app registration (`SingleTenant`) trusts this managed identity, by client id; there is no secret. */
  | { readonly kind: 'federated'; readonly managedIdentity: string }
  /** For trying out on a desk. */
  | { readonly kind: 'secret'; readonly secret: string }

export type CredentialOptions = {
  readonly identity: Identity
  readonly app: string
  readonly tenant: string
  readonly cloud: { readonly authority: string; readonly exchange: string }
  /** For one request to Entra, in milliseconds. */
  readonly limitMs?: number
}

/** One try: whoever asks decides about a second one. */
const retryOptions = { maxRetries: 0 }
/**
 * A maker of credentials that remember nothing of one another. Only a managed identity's token stays the same however
 * often one asks: the platform keeps it until shortly before its end ("cannot be forced to refresh", Learn), and so does
 * the library, in one store for all of them that goes by the wall clock (and asks anew when that was put back).
 */
export function credentialFor(options: CredentialOptions): () => Promise<Credential> {
  const { identity, app, tenant, cloud, limitMs = 3000 } = options

  return async () => {
    // Loaded when first needed: it takes a fifth of a second, and the demo needs none of it.
    const azure = await import('@azure/identity')
    const managed = (clientId: string) => new azure.ManagedIdentityCredential({ clientId, retryOptions })
    const entra = { authorityHost: cloud.authority, retryOptions, additionalPolicies: [limited(limitMs)] }
    switch (identity.kind) {
      case 'managed':
        return managed(app)
      case 'federated': {
        const trusted = managed(identity.managedIdentity)
        const assertion = async () => (await trusted.getToken(`${cloud.exchange}/.default`)).token
        return new azure.ClientAssertionCredential(tenant, app, assertion, entra)
      }
      case 'secret':
        return new azure.ClientSecretCredential(tenant, app, identity.secret, entra)
    }
  }
}

type Request = { timeout: number }

/** The library itself sets no time limit to its requests. */
function limited(limitMs: number) {
  return {
    position: 'perRetry' as const,
    policy: {
      name: 'limited',
      sendRequest<R extends Request, A>(request: R, next: (request: R) => Promise<A>): Promise<A> {
        request.timeout = limitMs
        return next(request)
      },
    },
  }
}
