// How the portal looks, with the ways to change it.
import type { ReactNode } from 'react'
import { ButtonLink } from '~/ui/button'
import { Card, CardBody, CardHeader } from '~/ui/card'
import { BrandFace, type Logo } from '~/ui/shell/brand'

type BrandCardProps = {
  portalName: string
  logo: Logo | null
  accentColor: string | null
  homeText: string
  addresses: { logo: string; accentColor: string; homePage: string }
}

export function BrandCard({ portalName, logo, accentColor, homeText, addresses }: BrandCardProps) {
  return (
    <Card>
      <CardHeader title="Brand" description="What everybody sees, in the portal and in its mails." />
      <CardBody className="py-0 sm:py-0">
        <dl className="divide-y divide-line">
          <Row term="Logo" to={addresses.logo} action={logo ? 'Change logo' : 'Add a logo'}>
            <span className="flex min-w-0 items-center gap-2 font-semibold">
              <BrandFace portalName={portalName} logo={logo} />
            </span>
          </Row>
          <Row term="Accent color" to={addresses.accentColor} action="Change color">
            <span className="flex items-center gap-2">
              <span aria-hidden className="size-5 shrink-0 rounded-xs bg-accent" />
              {accentColor ? <span className="font-mono">{accentColor}</span> : 'Default'}
            </span>
          </Row>
          <Row term="Home page text" to={addresses.homePage} action="Edit text">
            {homeText ? (
              <span className="line-clamp-2 wrap-anywhere">{homeText}</span>
            ) : (
              <span className="text-muted">None</span>
            )}
          </Row>
        </dl>
      </CardBody>
    </Card>
  )
}

type RowProps = { term: string; to: string; action: string; children: ReactNode }

function Row({ term, to, action, children }: RowProps) {
  return (
    <div className="grid items-center gap-x-4 gap-y-2 py-3.5 sm:grid-cols-[10rem_minmax(0,1fr)_auto]">
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0">{children}</dd>
      <dd>
        <ButtonLink to={to} size="sm">
          {action}
        </ButtonLink>
      </dd>
    </div>
  )
}
