// How mails leave this deployment, and what is wrong with it, in words for an admin. Of the configuration alone: nothing is
// asked of anybody, and no secret is told.
import { smtpServerOf } from './mailer-smtp'

export type MailConfiguration = Pick<
  Env,
  'PORTICO_ENV' | 'PORTAL_ORIGIN' | 'MAIL_TRANSPORT' | 'MAIL_FROM' | 'MAILCHANNELS_API_KEY' | 'SMTP_URL'
> & { EMAIL?: unknown }

export type MailSetup = { transport: string; from: string | null; server: string | null; problems: string[] }

const labels: Record<string, string> = {
  mailchannels: 'MailChannels Email API',
  cloudflare: 'Cloudflare Email Sending',
  smtp: 'Mail server (SMTP)',
  outbox: 'Outbox of the demo: mails are shown at /dev/outbox and go nowhere',
}

export function mailSetupOf(env: MailConfiguration): MailSetup {
  const from = env.MAIL_FROM?.trim() || null
  const server = env.MAIL_TRANSPORT === 'smtp' ? smtpOf(env) : null
  return {
    transport: labels[env.MAIL_TRANSPORT] ?? (env.MAIL_TRANSPORT ? `“${env.MAIL_TRANSPORT}”` : 'None'),
    from,
    server: server && `${server.host}:${server.port}`,
    problems: [...transportProblems(env), ...senderProblems(env, from), ...originProblems(env)],
  }
}

function isDeployment(env: MailConfiguration): boolean {
  return env.PORTICO_ENV === 'production'
}

function transportProblems(env: MailConfiguration): string[] {
  switch (env.MAIL_TRANSPORT) {
    case 'outbox':
      return isDeployment(env)
        ? [
            'MAIL_TRANSPORT is “outbox”, which belongs to the demo: nobody gets a mail. Set it to mailchannels, cloudflare or smtp.',
          ]
        : []
    case 'mailchannels':
      return env.MAILCHANNELS_API_KEY
        ? []
        : [
            'The secret MAILCHANNELS_API_KEY is not set. Make a key with the scope “api” and set it with `npx wrangler secret put MAILCHANNELS_API_KEY`.',
          ]
    case 'cloudflare':
      return env.EMAIL ? [] : ['wrangler.toml has no [[send_email]] binding named EMAIL. Add it and deploy.']
    case 'smtp':
      return smtpProblems(env)
    default:
      return ['MAIL_TRANSPORT names no transport. Set it to mailchannels, cloudflare or smtp.']
  }
}

function smtpOf(env: MailConfiguration) {
  try {
    return smtpServerOf(env.SMTP_URL, isDeployment(env))
  } catch {
    return null
  }
}

function smtpProblems(env: MailConfiguration): string[] {
  if (!env.SMTP_URL)
    return ['The secret SMTP_URL is not set. It looks like smtps://user:password@mail.example.com:465.']
  const server = smtpOf(env)
  if (!server)
    return [
      'SMTP_URL is not an address like smtps://user:password@mail.example.com:465, with user and password percent-encoded.',
    ]
  if (server.port === 25) return ['SMTP_URL names port 25, which is closed on Workers. Use 465.']
  return server.credentials
    ? []
    : ['SMTP_URL has no user and password. Few mail servers take mail without them.']
}

function senderProblems(env: MailConfiguration, from: string | null): string[] {
  if (!from) return ['MAIL_FROM is not set. Set it to an address of a domain that is yours.']
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/.test(from))
    return [
      'MAIL_FROM is not an email address. Write the address alone: the name of the portal is put before it.',
    ]
  if (isDeployment(env) && /@(?:.+\.)?example\.(?:com|org|net)$/i.test(from))
    return ['MAIL_FROM is still the example. Set it to an address of a domain that is yours.']
  return []
}

function originProblems(env: MailConfiguration): string[] {
  if (!isDeployment(env) || env.PORTAL_ORIGIN?.startsWith('https://')) return []
  return [
    'PORTAL_ORIGIN does not begin with https://, so the links in mails lead nowhere. Set it to the address of this portal.',
  ]
}
