// Made-up facts for a preview and a test of each kind of mail.
import { canStop } from '~/domain/accounts/mail-choices'
import type { MailFacts } from '~/domain/notifications/mail'
import type { MailText } from '~/domain/notifications/mail-text'
import { type MailTemplate, mailKind } from '~/domain/notifications/notifications'

type Sample = { template: MailTemplate; text: MailText | null; portal: MailFacts['portal']; now: number }

const dayMs = 86_400_000

export function sampleFacts({ template, text, portal, now }: Sample): MailFacts {
  const choice = mailKind(template)?.choice
  const aboutOrganization = template.startsWith('organization_')
  return {
    template,
    text,
    portal,
    recipient: { name: 'Ada Lovelace', state: 'active' },
    event: {
      type: 'settings.email_changed',
      actorLabel: 'Grace Hopper',
      actorType: 'admin',
      subjectId: 'sample',
      appId: null,
      organizationName: 'Northwind',
      createdAt: now,
      data: {
        name: nameOf(template, aboutOrganization),
        email: 'alan@northwind.example',
        app: 'Storefront',
        products: template === 'access_waiting' ? ['Payments', 'Shipping'] : ['Payments'],
        apps: ['Storefront', 'Warehouse'],
        count: 3,
        plan: 'Pro',
        catalog: 'Public catalog',
        requester: 'Alan Turing',
        note: 'We would like to go live next month.',
        role: 'super_admin',
        reason: template.endsWith('rejected') ? 'Please ask again with an address of your company.' : null,
        credential: 'Production',
        hint: '…4f2a',
        expires: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(now + 7 * dayMs),
        place: 'https://github.com/northwind/storefront/blob/main/config.ts',
        enabled: true,
        factor: 'passkey',
        change: 'added',
        passkey: 'Laptop',
        ...(template === 'app_transferred' ? { from: 'Grace Hopper', to: 'Ada Lovelace' } : {}),
        percent: 80,
        used: 8_000,
        limit: 10_000,
        periodEnd: now + 3 * dayMs,
        owner: 'portal',
        lastError: 'The receiver answered 500.',
        ...(template === 'webhook_stopped'
          ? { note: 'It is sent more than your receiver can take, and keeps failing.' }
          : {}),
      },
    },
    token: 'sample',
    unsubscribeUrl:
      template === 'digest' || (choice && canStop(choice))
        ? `${portal.origin}/unsubscribe?token=sample`
        : null,
    items:
      template === 'digest'
        ? (['access_approved', 'credential_expiring', 'quota_reached'] as const).map((one) => ({
            template: one,
            text: null,
            event: sampleFacts({ template: one, text: null, portal, now }).event,
          }))
        : [],
  }
}

function nameOf(template: MailTemplate, aboutOrganization: boolean): string {
  if (aboutOrganization) return 'Northwind'
  if (template.startsWith('webhook_')) return 'Orders'
  return template.startsWith('app_') ? 'Storefront' : 'Alan Turing'
}
