// A token that was just made, shown this one time: to copy, and to try at once.
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardFooter, CardHeader } from '~/ui/card'
import { CodeBlock } from '~/ui/code-block'
import { PageHeader } from '~/ui/page-header'
import { TextLink } from '~/ui/text-link'

type NewApiTokenProps = { name: string; token: string; tryAt: string; documentAt: string; doneTo: string }

export function NewApiToken({ name, token, tryAt, documentAt, doneTo }: NewApiTokenProps) {
  return (
    <>
      <PageHeader title="Your new API token" description={`“${name}” works from now on.`} />
      <Card>
        <CardHeader title="Token" description="Whoever holds it can do what it may do, in your name." />
        <CardBody className="flex flex-col gap-4">
          <Callout tone="amber" title="This token is shown this one time only">
            Copy it now and keep it where secrets are kept. If it is lost, revoke it and create another one.
          </Callout>
          <CodeBlock label="API token" code={token} inline />
          <CodeBlock label="Try it" code={`curl ${tryAt} \\\n  -H "Authorization: Bearer ${token}"`} />
          <p className="text-sm text-muted">
            Every operation is in{' '}
            <TextLink to={documentAt} reloadDocument>
              the OpenAPI document
            </TextLink>
            .
          </p>
        </CardBody>
        <CardFooter>
          <TextLink to={doneTo}>I have saved it</TextLink>
        </CardFooter>
      </Card>
    </>
  )
}
