import { Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, createAll } from "govuk-frontend";

export function initAll() {
  for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios]) createAll(component);
}
