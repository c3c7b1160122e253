// A secret that was just made, shown this one time: to copy, with the lines that verify what it signs.
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardFooter, CardHeader } from '~/ui/card'
import { CodeBlock } from '~/ui/code-block'
import { PageHeader } from '~/ui/page-header'
import { TextLink } from '~/ui/text-link'
import { crumbsOf, type WebhookPlace } from './webhook-place'

const verify = `import { Webhook } from 'standardwebhooks'

// The body as it came, before any parser has changed it. Throws for what the portal has not sent.
const event = new Webhook(secret).verify(body, headers)`

type WebhookSecretPageProps = {
  place: WebhookPlace
  made: { name: string; secret: string; webhookId: string }
  rotated?: boolean
}

export function WebhookSecretPage({ place, made, rotated = false }: WebhookSecretPageProps) {
  return (
    <>
      <PageHeader
        title={rotated ? 'The new secret' : 'Your new webhook'}
        breadcrumbs={crumbsOf(place)}
        description={
          rotated
            ? `${made.name} is signed with it from now on, and for 24 hours with the old one as well.`
            : `${made.name} is sent events from now on.`
        }
      />
      <Card>
        <CardHeader
          title="Secret"
          description="It signs each event, so that your program knows it is ours."
        />
        <CardBody className="flex flex-col gap-4">
          <Callout tone="amber" title="This secret is shown this one time only">
            Copy it now and keep it where secrets are kept. If it is lost, rotate it.
          </Callout>
          <CodeBlock label="Webhook secret" code={made.secret} inline />
          <CodeBlock label="Verify in Node" code={verify} />
        </CardBody>
        <CardFooter>
          <TextLink to={place.to.one(made.webhookId)}>I have saved it</TextLink>
        </CardFooter>
      </Card>
    </>
  )
}
