import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CheckboxGroup, SwitchField } from '~/ui/choice-field'
import { SelectField, TextField } from '~/ui/field'
import { FormErrors } from '~/ui/form-layout'
import { PasswordField } from '~/ui/password-field'
import { RadioCards } from '~/ui/radio-cards'

test('a field ties its label, hint and errors to its control', () => {
  const html = renderToStaticMarkup(
    <TextField
      label="Email address"
      name="email"
      hint="For signing in."
      errors={['Enter an email address.']}
    />,
  )
  expect(html).toContain('<label for="email"')
  expect(html).toContain('id="email"')
  expect(html).toContain('aria-invalid="true"')
  expect(html).toContain('aria-describedby="email-hint email-error"')
  expect(html).toContain('id="email-hint"')
  expect(html).toContain('id="email-error"')
})

test('a field without errors or hint is described by nothing', () => {
  const html = renderToStaticMarkup(<TextField label="Name" name="name" errors={[]} />)
  expect(html).not.toContain('aria-describedby')
  expect(html).not.toContain('aria-invalid')
})

test('an error is said in words beside its icon', () => {
  const html = renderToStaticMarkup(<TextField label="Name" name="name" errors={['Enter a name.']} />)
  expect(html).toContain('<span class="sr-only">Error: </span>Enter a name.')
  expect(html).toContain('<svg')
})

test('two forms on a page keep their ids apart by the id of the field', () => {
  const html = renderToStaticMarkup(<TextField label="Name" id="invite-name" name="name" hint="Yours." />)
  expect(html).toContain('for="invite-name"')
  expect(html).toContain('name="name"')
  expect(html).toContain('aria-describedby="invite-name-hint"')
})

test('a password is hidden until it is shown', () => {
  const html = renderToStaticMarkup(<PasswordField label="Password" name="password" />)
  expect(html).toContain('type="password"')
  expect(html).toContain('aria-label="Show password"')
  expect(html).toContain('aria-pressed="false"')
})

test('a select marks what is chosen and what cannot be', () => {
  const options = [
    { value: 'a', label: 'Free' },
    { value: 'b', label: 'Pro', disabled: true },
  ]
  const html = renderToStaticMarkup(
    <SelectField label="Plan" name="plan" defaultValue="a" options={options} />,
  )
  expect(html).toContain('<option value="a" selected="">Free</option>')
  expect(html).toContain('<option value="b" disabled="">Pro</option>')
})

test('a switch is a native checkbox that is said as a switch', () => {
  const html = renderToStaticMarkup(<SwitchField label="Registration" name="registration" defaultChecked />)
  expect(html).toContain('type="checkbox" role="switch"')
  expect(html).toContain('checked=""')
})

test('a group of boxes has one legend, one error and an id for each box', () => {
  const html = renderToStaticMarkup(
    <CheckboxGroup
      legend="Teams"
      name="teams"
      defaultValues={['b']}
      errors={['Choose a team.']}
      options={[
        { value: 'a', label: 'Checkout' },
        { value: 'b', label: 'Logistics' },
      ]}
    />,
  )
  expect(html).toContain('<fieldset id="teams" aria-describedby="teams-error"')
  expect(html).toContain('<legend')
  expect(html).toContain('id="teams-a"')
  expect(html.match(/checked=""/g)).toHaveLength(1)
})

test('radio cards choose their default and disable what is not offered', () => {
  const html = renderToStaticMarkup(
    <RadioCards
      legend="Plan"
      name="plan"
      defaultValue="free"
      options={[
        { value: 'free', title: 'Free' },
        { value: 'pro', title: 'Pro', disabled: true },
      ]}
    />,
  )
  expect(html).toMatch(/<input[^>]*id="plan-free"[^>]*checked=""/)
  expect(html).toMatch(/<input[^>]*id="plan-pro"[^>]*disabled=""|<input[^>]*disabled=""[^>]*id="plan-pro"/)
})

test('errors of the whole form are an alert, and no errors are nothing', () => {
  expect(renderToStaticMarkup(<FormErrors errors={['Email address or password is wrong.']} />)).toContain(
    'role="alert"',
  )
  expect(renderToStaticMarkup(<FormErrors errors={[]} />)).toBe('')
})
