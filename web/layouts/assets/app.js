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

// A file that is too large would be refused on the way, by something that does not know this page.
for (const input of document.querySelectorAll('input[type=file][data-most-bytes]')) {
  input.addEventListener('change', () => {
    const isTooLarge = [...input.files].some(({ size }) => size > Number(input.dataset.mostBytes));
    input.setCustomValidity(isTooLarge ? input.dataset.tooLarge : '');
    input.reportValidity();
  });
  input.form?.addEventListener('submit', (event) => {
    if (input.reportValidity()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
}
