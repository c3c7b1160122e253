import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/cloudflare'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import {
  accessSwitches,
  sessionRules,
  updateGeneralSettingsForm,
  visibilities,
  visibilityLabels,
} from '~/domain/settings/general'
import { getHomeText } from '~/domain/settings/queries.server'
import { updateGeneralSettings } from '~/domain/settings/update-general-settings.server'
import { parseForm } from '~/platform/forms'
import { requireAdmin } from '~/platform/guards'
import { paths } from '~/platform/paths'
import { logoToShow } from '~/platform/portal-look'
import { respond } from '~/platform/responses'
import { SubmitButton } from '~/ui/button'
import { Card, CardBody, CardFooter, CardHeader } from '~/ui/card'
import { SwitchField } from '~/ui/choice-field'
import { TextField } from '~/ui/field'
import { FieldRow, FormErrors, FormFields } from '~/ui/form-layout'
import { PageHeader } from '~/ui/page-header'
import { RadioCards } from '~/ui/radio-cards'
import { BrandCard } from '~/ui/settings/brand-card'
import { useServerForm } from '~/ui/use-server-form'

export const meta: MetaFunction = () => [{ title: 'General settings' }]

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await requireAdmin(args)
  const { settings } = await args.context.scope.viewer()
  return {
    brand: {
      logo: logoToShow(settings),
      accentColor: settings.accentColor,
      homeText: (await getHomeText(ctx)).text,
    },
    portalName: settings.portalName,
    visibility: settings.visibility,
    registrationEnabled: settings.registrationEnabled,
    signInEnabled: settings.signInEnabled,
    autoApproveDevelopers: settings.autoApproveDevelopers,
    organizationRegistrationEnabled: settings.organizationRegistrationEnabled,
    autoApproveOrganizations: settings.autoApproveOrganizations,
    requireEmailVerification: settings.requireEmailVerification,
    notificationAddress: settings.notificationAddress,
    passwordMinLength: settings.passwordMinLength,
    requireAdminTwoFactor: settings.requireAdminTwoFactor,
    showSecretsOnce: settings.showSecretsOnce,
    revokeLeakedCredentials: settings.revokeLeakedCredentials,
    times: {
      adminIdleMinutes: settings.adminIdleSeconds / sessionRules.adminIdleMinutes.secondsEach,
      developerIdleHours: settings.developerIdleSeconds / sessionRules.developerIdleHours.secondsEach,
      sessionLifetimeDays: settings.sessionLifetimeSeconds / sessionRules.sessionLifetimeDays.secondsEach,
    },
  }
}

export async function action(args: ActionFunctionArgs) {
  const ctx = await requireAdmin(args)
  const form = await parseForm(args.request, updateGeneralSettingsForm)
  if (!form.ok) return form.response
  const result = await updateGeneralSettings(ctx, form.value)
  return respond(args, result, { form, redirectTo: paths.admin.settings, notice: 'Settings saved' })
}

export default function GeneralSettings() {
  const settings = useLoaderData<typeof loader>()
  const lastResult = useActionData<{ form: unknown }>()?.form
  const form = useServerForm({
    id: 'settings',
    lastResult,
    defaultValue: {
      portalName: settings.portalName,
      visibility: settings.visibility,
      notificationAddress: settings.notificationAddress ?? '',
      passwordMinLength: String(settings.passwordMinLength),
      adminIdleMinutes: String(settings.times.adminIdleMinutes),
      developerIdleHours: String(settings.times.developerIdleHours),
      sessionLifetimeDays: String(settings.times.sessionLifetimeDays),
    },
  })
  const visibility = form.value('visibility')
  /** After a failed save, a box shows what was ticked, which for an empty box is nothing at all. */
  function toggle(
    name: Exclude<
      keyof typeof settings,
      'brand' | 'portalName' | 'visibility' | 'notificationAddress' | 'passwordMinLength' | 'times'
    >,
  ) {
    const { defaultValue: _, ...field } = form.field(name)
    return { ...field, defaultChecked: lastResult ? form.value(name) === 'on' : settings[name] }
  }
  return (
    <>
      <PageHeader title="General settings" />
      <BrandCard
        {...settings.brand}
        portalName={settings.portalName}
        addresses={{
          logo: paths.admin.logo,
          accentColor: paths.admin.accentColor,
          homePage: paths.admin.homePage,
        }}
      />
      <Form {...form.props} className="flex flex-col gap-6">
        <FormErrors errors={form.errors} />
        <Card>
          <CardHeader title="Portal" />
          <CardBody>
            <FormFields>
              <TextField {...form.field('portalName')} label="Portal name" maxLength={60} required />
              <RadioCards
                legend="Portal visibility"
                name="visibility"
                id="settings-visibility"
                defaultValue={typeof visibility === 'string' ? visibility : settings.visibility}
                options={visibilities.map((value) => ({ value, ...visibilityLabels[value] }))}
                errors={form.field('visibility').errors}
              />
            </FormFields>
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="API consumer access" />
          <CardBody>
            {accessSwitches.map(({ name, label }) => (
              <SwitchField key={name} {...toggle(name)} label={label} />
            ))}
            <SwitchField
              {...toggle('requireEmailVerification')}
              label="Require email verification"
              hint="New developers confirm their address before they can log in."
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader title="Security and notices" />
          <CardBody>
            <FormFields>
              <TextField
                {...form.field('notificationAddress')}
                label="Notification address"
                type="email"
                optional
                hint="Where notices for admins go. Left empty, every active admin gets them."
              />
              <TextField
                {...form.field('passwordMinLength')}
                label="Minimum password length"
                type="number"
                min={8}
                max={64}
                hint="From 8 to 64 characters."
                required
              />
              <FieldRow>
                <TextField
                  {...form.field('adminIdleMinutes')}
                  {...boundsOf('adminIdleMinutes')}
                  label="Log admins out after"
                  type="number"
                  hint="Minutes without activity, 5 to 1440."
                  required
                />
                <TextField
                  {...form.field('developerIdleHours')}
                  {...boundsOf('developerIdleHours')}
                  label="Log developers out after"
                  type="number"
                  hint="Hours without activity, 1 to 720."
                  required
                />
              </FieldRow>
              <TextField
                {...form.field('sessionLifetimeDays')}
                {...boundsOf('sessionLifetimeDays')}
                label="Longest session"
                type="number"
                hint="Days, 1 to 90: then everybody logs in again. Times count for logins from now on."
                required
              />
              <SwitchField
                {...toggle('requireAdminTwoFactor')}
                label="Require two-factor for admins"
                hint="An admin without a second factor sets one up before anything else."
              />
              <SwitchField
                {...toggle('showSecretsOnce')}
                label="Show secrets once only"
                hint="Developers see a key when it is issued, and never again."
              />
              <SwitchField
                {...toggle('revokeLeakedCredentials')}
                label="Revoke credentials found in public"
                hint="When a secret scanner reports one, its owner is told in any case. With this it also stops working at once."
              />
            </FormFields>
          </CardBody>
          <CardFooter>
            <SubmitButton>Save settings</SubmitButton>
          </CardFooter>
        </Card>
      </Form>
    </>
  )
}

function boundsOf(name: keyof typeof sessionRules) {
  return { min: sessionRules[name].min, max: sessionRules[name].max }
}
