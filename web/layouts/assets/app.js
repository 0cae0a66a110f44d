import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
} from 'govuk-frontend';

// Pages work without this file; it only makes some parts of them kinder.
createAll(Button, { preventDoubleClick: true });
// As the server counts: an emoji is one character.
createAll(CharacterCount, { countType: 'characters' });
for (const component of [
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
]) {
  createAll(component);
}
