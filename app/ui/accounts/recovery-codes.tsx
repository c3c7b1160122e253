// New recovery codes, shown this one time: to copy, to save as a file, or to write down. All but copying works without
// JavaScript.
import { Download } from 'lucide-react'
import { buttonClass } from '~/ui/button'
import { Callout } from '~/ui/callout'
import { Card, CardBody, CardFooter, CardHeader } from '~/ui/card'
import { CodeBlock } from '~/ui/code-block'
import { PageHeader } from '~/ui/page-header'
import { useRootData } from '~/ui/root-data'
import { TextLink } from '~/ui/text-link'

type RecoveryCodesProps = { codes: readonly string[]; title: string; doneTo: string }

export function RecoveryCodes({ codes, title, doneTo }: RecoveryCodesProps) {
  const { portalName, viewer } = useRootData()
  const list = codes.join('\n')
  const file = `Recovery codes of ${viewer?.email ?? 'your account'} for ${portalName}. Each works once.\n\n${list}\n`
  return (
    <>
      <PageHeader title={title} description="Last step: save your recovery codes." />
      <Card>
        <CardHeader
          title="Recovery codes"
          description="Each lets you in once when your other second factors are lost."
        />
        <CardBody className="flex flex-col gap-4">
          <Callout tone="amber" title="These codes are shown this one time only">
            Keep them where you keep what is dear to you, but not beside your password.
          </Callout>
          <CodeBlock label="Recovery codes" code={list} />
        </CardBody>
        <CardFooter>
          <a
            download="recovery-codes.txt"
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(file)}`}
            className={buttonClass({})}
          >
            <Download aria-hidden className="size-4" />
            Download as text
          </a>
          <TextLink to={doneTo}>I have saved them</TextLink>
        </CardFooter>
      </Card>
    </>
  )
}
