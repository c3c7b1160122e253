// Moves one thing of a list up or down: two forms, so that it works without JavaScript.
import { Form } from '@remix-run/react'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { IconButton } from './button'

type OrderButtonsProps = {
  action: string
  /** What is moved, for screen readers. */
  name: string
  isFirst: boolean
  isLast: boolean
  fields?: Readonly<Record<string, string>> | undefined
}

export function OrderButtons({ action, name, isFirst, isLast, fields = {} }: OrderButtonsProps) {
  return (
    <Form method="post" action={action} preventScrollReset className="flex gap-1">
      {Object.entries(fields).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      <IconButton
        type="submit"
        size="sm"
        icon={ArrowUp}
        label={`Move ${name} up`}
        name="direction"
        value="up"
        disabled={isFirst}
      />
      <IconButton
        type="submit"
        size="sm"
        icon={ArrowDown}
        label={`Move ${name} down`}
        name="direction"
        value="down"
        disabled={isLast}
      />
    </Form>
  )
}
